"""Somebody without a mouse: every link, box and button is reached with the Tab key, in sight, and left again."""

from typing import Any

from playwright.sync_api import Locator

from tests.e2e.visitor import Visitor

MOST_TABS = 150
HERE = "one => one === document.activeElement"
IN_SIGHT = """one => {
    const box = one.getBoundingClientRect();
    const x = box.left + Math.min(box.width / 2, 20), y = box.top + Math.min(box.height / 2, 20);
    if (y < 0 || x < 0 || y > innerHeight || x > innerWidth) return 'outside the window';
    const top = document.elementFromPoint(x, y);
    if (!top || !(one.contains(top) || top.contains(one) || top.htmlFor === one.id)) return 'covered';
    const marks = [one, one.nextElementSibling].filter(Boolean).flatMap(
        each => [getComputedStyle(each), getComputedStyle(each, '::before')]);
    const ringed = marks.some(style => style.boxShadow !== 'none'
        || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0));
    return ringed ? '' : 'without a mark';
}"""


class Typist(Visitor):
    """A visitor with a keyboard only."""

    def __init__(self, *who: Any, **how: Any) -> None:
        super().__init__(*who, **how)
        self.keys = 0

    def _reach(self, target: Locator) -> None:
        """Tab forward until the focus is here, and see that it shows."""
        for _key in range(MOST_TABS):
            if target.evaluate(HERE):
                break
            self._key("Tab")
        else:
            raise AssertionError(f"{target} is not reached by {MOST_TABS} tabs on {self.page.url}")
        if hidden := target.evaluate(IN_SIGHT):
            self.found.barriers.append(f"{self.page.url}: the focus on {target} is {hidden}")

    def _key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.keys += 1

    def _go(self, target: Locator) -> None:
        target.wait_for()
        self._reach(target)
        before = self.page.url
        with self.page.expect_navigation(timeout=30_000) as went:
            self._key("Enter")
        assert went.value is not None, before
        self.page.wait_for_load_state("load")

    def _write(self, box: Locator, said: str) -> None:
        self._reach(box)
        self._key("Control+a")
        self.page.keyboard.type(said) if said else self._key("Delete")
        self.keys += len(said)

    def _check(self, box: Locator) -> None:
        """A tick is a space; a choice is reached by the arrows from where its group is entered."""
        if box.get_attribute("type") == "checkbox":
            self._reach(box)
            self._key("Space")
            return
        group = box.locator("xpath=ancestor::fieldset[1]").locator("input[type=radio]")
        self._reach(self._entrance(group))
        self._key("Space")
        for _each in range(group.count()):
            if box.is_checked():
                return
            self._key("ArrowDown")
        assert box.is_checked()

    def _entrance(self, group: Locator) -> Locator:
        """Where Tab enters a group of choices: the chosen one, else the first."""
        return next((one for one in group.all() if one.is_checked()), group.first)

    def _select(self, box: Locator, said: str) -> None:
        self._reach(box)
        self.page.keyboard.type(said)
        self.keys += len(said)
        assert box.evaluate("one => one.selectedOptions[0].label.trim()") == said

    def _upload(self, box: Locator, name: str, content: bytes) -> None:
        self._reach(box)
        with self.page.expect_file_chooser() as chooser:
            self._key("Space")
        chooser.value.set_files({"name": name, "mimeType": "", "buffer": content})
