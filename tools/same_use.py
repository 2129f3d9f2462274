"""Words that people have for one use of a building."""

from typing import Final

SAME_USE: Final = (
    frozenset("dormitory dormitories dorm dorms hostel hostels residence residences hall halls".split()),
    frozenset("office offices".split()),
    frozenset("library libraries".split()),
    frozenset("academic teaching faculty".split()),
    frozenset("dining canteen canteens mess restaurant restaurants".split()),
    frozenset("lecture lectures classroom classrooms".split()),
    frozenset("facilities facility services".split()),
    frozenset("laboratory laboratories lab labs".split()),
    frozenset("school schools".split()),
    frozenset("hotel hotels".split()),
    frozenset("shop shops retail store stores".split()),
    frozenset("warehouse warehouses storage".split()),
    frozenset("hospital hospitals clinic clinics".split()),
    frozenset("worship church churches mosque mosques temple temples chapel chapels".split()),
)
