// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/support/error.h"

#include <cstddef>
#include <string>
#include <vector>

namespace headroom {

/// The error for an unknown key, with the nearest known key as its remedy.
Error unknownKeyError(const std::string& key, const std::string& where);

/// Collects the errors in the keys and values of a configuration, so that they are reported together.
class ConfigErrors {
public:
    void add(const Error& error);
    void addUnknownKey(const std::string& key, const std::string& where);

    /// Throws the only error unchanged, or an Error (Input) that lists all of them, one per line. Returns if
    /// there is none.
    void throwIfAny() const;

private:
    static constexpr std::size_t mostListed = 50;

    std::size_t count_ = 0;
    std::vector<Error> listed_; ///< the first errors; a file written for another program has many
};

} // namespace headroom
