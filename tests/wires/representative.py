"""The scenarios that meet every part of the way once: for wires and databases that differ from another in one part."""

from tests.scenarios import cart, checkout, choosing, joining, orders, promotions

REPRESENTATIVE = (
    joining.a_typed_phone_needs_the_code_that_went_there,
    joining.joining_told_twice_is_joining_once,
    choosing.shelves_lead_to_a_card_and_a_stepper_to_the_cart,
    choosing.a_stepper_told_twice_steps_once,
    choosing.a_typed_quantity_told_twice_is_put_once,
    cart.two_people_of_a_client_share_one_cart,
    cart.emptying_told_twice_spares_what_was_put_in_after_it,
    checkout.an_order_from_the_cart_to_the_confirm,
    checkout.a_confirm_pressed_twice_makes_one_order,
    orders.an_order_is_changed_under_its_number,
    promotions.what_comes_off_is_said_in_words_and_to_the_kopiyka,
    orders.a_repeat_is_added_to_the_cart_or_replaces_it,
)
