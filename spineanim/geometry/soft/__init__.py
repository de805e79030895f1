"""Soft tissue as solids: layers of the trunk, muscles, vessels, and what the canal holds."""
