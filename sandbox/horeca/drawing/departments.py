"""All departments of the price list."""

from sandbox.horeca.drawing import (
    charcuterie,
    confectionery,
    dairy,
    drinks,
    fish,
    frozen,
    fruit,
    grocery,
    household,
    kitchen,
    meat,
    packaging,
    vegetables,
)

DEPARTMENTS = (
    dairy.DEPARTMENT,
    meat.DEPARTMENT,
    charcuterie.DEPARTMENT,
    fish.DEPARTMENT,
    vegetables.DEPARTMENT,
    fruit.DEPARTMENT,
    frozen.DEPARTMENT,
    grocery.DEPARTMENT,
    confectionery.DEPARTMENT,
    drinks.DEPARTMENT,
    packaging.DEPARTMENT,
    household.DEPARTMENT,
    kitchen.DEPARTMENT,
)
