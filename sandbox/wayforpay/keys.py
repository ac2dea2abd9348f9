"""Where the application keeps the shop."""

from aiohttp import web

from sandbox.wayforpay.merchant import Merchant

MERCHANT = web.AppKey("merchant", Merchant)
