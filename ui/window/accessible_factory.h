#pragma once

namespace headroom::ui {

/// Has the widgets of this window read by screen readers for what they are; Qt knows only its own. Calls
/// after the first do nothing.
void installAccessibleFactory();

} // namespace headroom::ui
