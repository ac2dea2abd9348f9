"""The five managers of the invented wholesaler; the first two stand in `clients.json` too."""

MANAGERS = {
    "Оксана Мельник": "+380441234501",
    "Ігор Бондар": "+380441234502",
    "Наталія Кравець": "+380441234503",
    "Дмитро Руденко": "+380441234504",
    "Софія Гайдук": "+380441234505",
}


def managers() -> list[dict[str, str]]:
    return [
        {"code": f"{number:09}", "name": name, "phone": phone, "mail": f"manager{number}@gastroopt.example.com"}
        for number, (name, phone) in enumerate(MANAGERS.items(), 1)
    ]
