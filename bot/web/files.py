"""Files for one person at an address that nobody can guess and that ends by itself; nothing lists them."""

from urllib.parse import quote

from aiohttp import web

from bot.services.private_files import PrivateFiles

PATH = "/files"
_TYPES = {
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def file_routes(files: PrivateFiles) -> list[web.RouteDef]:
    """For the web application: to be saved, never to be shown inside a page of this origin."""

    async def give(request: web.Request) -> web.StreamResponse:
        path = files.find(request.match_info["token"], request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        disposition = f"attachment; filename*=UTF-8''{quote(path.name, safe='')}"
        kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
        return web.FileResponse(path, headers=_HEADERS | {"Content-Type": kind, "Content-Disposition": disposition})

    return [web.get(f"{PATH}/{{token}}/{{name}}", give)]
