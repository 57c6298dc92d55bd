// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/config_option.h"

#include "app/print.h"
#include "core/interop/open_config.h"

namespace headroom::app {

RunConfig readConfigOption(const std::string& file, ConfigPlaces* places, ConfigErrors* errors) {
    const OpenedConfig opened = openConfig(file, places, errors);
    if (opened.conversion)
        printError("headroom: {}\n", opened.notice(file));
    return opened.config;
}

} // namespace headroom::app
