"""The key under which the application keeps its world."""

from aiohttp import web

from sandbox.viber.world import World

WORLD = web.AppKey("viber_world", World)
