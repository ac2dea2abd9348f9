"""The keys under which the applications keep the world and the door to it."""

from aiohttp import web

from sandbox.telegram.api import Api
from sandbox.telegram.world import World

WORLD = web.AppKey("telegram_world", World)
API = web.AppKey("telegram_api", Api)
