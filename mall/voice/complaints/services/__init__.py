"""The only writers of complaints."""
