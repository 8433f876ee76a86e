"""The ground floor: endpoint, boundary, errors, limits, the one door. It knows no room."""
