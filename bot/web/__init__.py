"""The aiohttp application: health, metrics, pictures; mounts the routes that integrations hand in."""
