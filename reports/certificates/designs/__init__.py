"""How certificates look: templates of a competition's own, and which one an event prints with."""
