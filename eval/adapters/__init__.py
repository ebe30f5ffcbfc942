"""What turns each suite's data into predictions, through the functions that ``lexfloor screen`` uses, and what is measured on them."""
