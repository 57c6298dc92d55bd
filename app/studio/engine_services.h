#pragma once

#include "ui/window/services.h"

namespace headroom::app {

/// All that the window can do, done by the engine on this machine.
ui::Services engineServices();

} // namespace headroom::app
