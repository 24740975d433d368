page.tabStops();
