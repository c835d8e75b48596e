"""Who, where and when: people, agencies, roles, regions, opening hours, working days."""
