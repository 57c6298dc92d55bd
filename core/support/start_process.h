// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// A program to start.
struct ProcessStart {
    std::filesystem::path program = {};
    std::vector<std::string> arguments = {}; ///< with the name of the program first
    /// "NAME=value", set instead of those of this process, whose other variables are inherited.
    std::vector<std::string> variables = {};
    /// Descriptors of this process that become 0, 1, ... of the other one; those beyond are inherited unless
    /// they close on exec.
    std::vector<int> descriptors = {};
};

/// Starts it, with no signal blocked, and returns the number of its process, which the caller must wait for.
/// Throws Error.
int startProcess(ProcessStart start);

} // namespace headroom
