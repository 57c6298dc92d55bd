// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/window/window_services.h"

namespace headroom::app {

/// The services of the window, implemented by the engine on this machine.
ui::Services engineServices();

} // namespace headroom::app
