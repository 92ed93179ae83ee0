"""Who a citizen is: one login system a module, each behind `LoginSystem`."""
