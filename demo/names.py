"""Invented names. Plants, crafts and colours, so that nobody takes them for somebody."""

from __future__ import annotations

from itertools import product

GIVEN = [
    "Mira",
    "Luca",
    "Odile",
    "Zofia",
    "Ardent",
    "Henrik",
    "Ilse",
    "Paulo",
    "Nuria",
    "Marek",
    "Elina",
    "Bruno",
    "Sanne",
    "Ioana",
    "Dario",
    "Petra",
    "Yannis",
    "Clara",
    "Emil",
    "Runa",
    "Tomas",
    "Alba",
    "Viktor",
    "Livia",
    "Oskar",
    "Maeve",
    "Janko",
    "Freja",
    "Anton",
    "Noor",
    "Kaja",
    "Stefan",
]
PLANTS = [
    "Fernwood",
    "Rosmarino",
    "Zinnia",
    "Lipowa",
    "Heath",
    "Birkholm",
    "Esche",
    "Oliveira",
    "Romero",
    "Jasmin",
    "Haapala",
    "Salvia",
    "Linde",
    "Ahorn",
    "Trandafir",
    "Ginepro",
    "Malva",
    "Dafni",
    "Marigold",
    "Klaver",
    "Lerke",
    "Almond",
    "Wacholder",
    "Menta",
    "Weide",
    "Rowan",
    "Brezovec",
    "Bregne",
    "Pappel",
    "Heulwen",
    "Kask",
    "Lavender",
]
CRAFTS = {
    "open": "Crossroads",
    "tourism": "Waymark",
    "mobility": "Axle",
    "aerospace": "Windvane",
    "construction": "Mortise",
    "agrifood": "Furrow",
    "energy-intensive": "Kiln",
    "textile": "Loom",
    "creative": "Stageright",
    "digital": "Punchcard",
    "renewable": "Sunwheel",
    "electronics": "Solder",
    "retail": "Market Stall",
    "proximity": "Commons",
    "health": "Willow Bark",
}
ACRONYMS = tuple(
    f"{first}{second}"
    for second, first in product(
        ("LEAF", "GATE", "WEAVE", "ROOT", "BRIDGE"),
        (
            "COPPER", "MOSS", "AURORA", "FERN", "SELVEDGE", "AMBER", "TIDE", "ASH", "CLOVER",
            "SLATE", "HAZEL", "LINEN", "ALDER", "FLINT", "THYME", "INDIGO",
        ),
    )
)  # fmt: skip
TOWNS = {
    "AT": "Lindenau", "BE": "Weversdam", "BG": "Lozengrad", "CY": "Platanos", "CZ": "Javorov",
    "DE": "Buchenried", "DK": "Bregnehus", "EE": "Kasepea", "ES": "Valdeolmo", "FI": "Haapalahti",
    "FR": "Montfougère", "GR": "Elaionas", "HR": "Brijesta", "HU": "Fűzesd", "IE": "Rowanmore",
    "IT": "Ginestreto", "LT": "Beržupis", "LU": "Uelzent", "LV": "Kļavusala", "MT": "Ħarruba",
    "NL": "Klaverdam", "PL": "Lipowiec", "PT": "Vale da Oliveira", "RO": "Trandafira",
    "SE": "Björkhult", "SI": "Brezje ob Lipi", "SK": "Jaseňovo",
}  # fmt: skip
SME_TRADES = (
    "Dyehouse", "Joinery", "Sensors", "Bakery", "Foundry", "Print Works", "Robotics", "Tannery",
    "Optics", "Brewery", "Mill", "Boatyard", "Ceramics", "Software", "Nursery", "Machine Tools",
)  # fmt: skip
SERVICES = ("Advisers", "Test Laboratory", "Energy Audits", "Academy", "Prototyping", "Security")


def person_name(number: int) -> str:
    """One of 1,024 pairs; the next thousand repeat."""
    return (
        f"{GIVEN[number % len(GIVEN)]} {PLANTS[(number // len(GIVEN) + number * 7) % len(PLANTS)]}"
    )


def cluster_name(number: int, country: str, craft: str) -> tuple[str, str]:
    """Legal and short name of an invented cluster organisation."""
    town = TOWNS[country]
    plant = PLANTS[(number * 11) % len(PLANTS)]
    return f"{plant} {craft} Cluster {town} {number}", f"{plant} {craft} {number}"


def sme_name(number: int) -> tuple[str, str]:
    """Legal and short name of an invented enterprise."""
    plant, trade = PLANTS[number % len(PLANTS)], SME_TRADES[(number // 3) % len(SME_TRADES)]
    return f"{plant} {trade} {number} Ltd", f"{plant} {trade} {number}"
