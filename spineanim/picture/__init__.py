"""From shapes in millimetres to paint: relief, sprites and the Cairo camera that draws them."""
