// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <map>
#include <string>

namespace headroom {

/// Where each key of a configuration was given: "training.batch_size" at "mine.yaml:3" or at
/// "--set 'training.batch_size=2'". Options that keep their default are absent.
using ConfigPlaces = std::map<std::string, std::string>;

} // namespace headroom
