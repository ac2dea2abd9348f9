"""The calls about the company: who is registered, the tariff, the categories."""

from aiohttp import web

from sandbox.vchasno import bodies
from sandbox.vchasno.categories import CATEGORIES
from sandbox.vchasno.office import Office
from sandbox.vchasno.refusal import Refused
from sandbox.vchasno.wire import asked

DAWN = "2019-01-01T00:00:00+02:00"


class CompanyCalls:
    """Whose client somebody is, and what may be done for the money."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/check/company", self.check, name="check_company"),
            web.get("/document-categories", self.categories, name="categories"),
            web.get("/company/billing", self.billing, name="billing"),
            web.post("/billing/companies/rates/trials", self.trial, name="trial"),
        ]

    async def check(self, request: web.Request) -> web.Response:
        said = await asked(request, bodies.CompanyCode)
        company = self._office.company(said.edrpou)
        name = company.name if company.registered else None
        return web.json_response({"edrpou": said.edrpou, "name": name, "is_registered": company.registered})

    async def categories(self, request: web.Request) -> web.Response:
        common = {"is_public": True, "date_created": DAWN, "date_updated": DAWN}
        rows = [{"category_id": id, "category_title": title} | common for id, title in CATEGORIES.items()]
        return web.json_response(rows)

    async def billing(self, request: web.Request) -> web.Response:
        tariff = self._office.tariff
        total = tariff.total if tariff.left is not None else None
        rate = {
            "id": "integration",
            "name": "Інтеграція (пробний)" if tariff.trial_used else "Інтеграція",
            "type": "integration_trial" if tariff.trial_used else "integration",
            "start_date": DAWN,
            "end_date": None,
            "units": total,
            "units_left": tariff.left,
        }
        used = len(self._office.documents) if tariff.left is None else max(tariff.total - tariff.left, 0)
        sent = {"used": used, "limit": total, "is_unlimited": tariff.left is None}
        return web.json_response({"rates": [rate], "limits": {"documents_sent": sent}})

    async def trial(self, request: web.Request) -> web.Response:
        """Once; the answer is no JSON."""
        await asked(request, bodies.Trial)
        if self._office.tariff.trial_used:
            raise Refused("Пробний період уже було надано")
        self._office.tariff.trial_used = self._office.tariff.integration = True
        return web.Response(status=201, text="201: Created")
