"""The invented wholesaler in a 1C base: clients, orders, debts; made by `python -m sandbox.horeca.wholesaler`."""
