// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headroom {

/// A weights file on the model shelf.
struct ShelfModel {
    std::string name = {};   ///< path in the folder, without the extension unless it is needed: "kim/vocals"
    std::string file = {};   ///< path of the weights
    std::string config = {}; ///< path of the YAML file beside it that is used; empty: none
    std::uint64_t bytes = 0;
    std::string license = {}; ///< from its metadata, or "not stated"
    std::string problem = {}; ///< why it cannot be opened; empty if it can. The fields below are then empty
    std::string kind = {};    ///< "BS-RoFormer"
    std::vector<std::string> stems = {};
};

/// The weights in a folder of the user.
struct ModelShelf {
    std::uint64_t number = 0; ///< of the request
    std::string folder;
    std::vector<ShelfModel> models;   ///< by name
    std::vector<std::string> notices; ///< what was left out, as sentences
};

} // namespace headroom
