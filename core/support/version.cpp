// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/version.h"

namespace headroom {

const char* version() {
    return HEADROOM_VERSION;
}

} // namespace headroom
