// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <string>

namespace headroom {

/// Makes the program that this process becomes find LibTorch in this folder: puts its libraries first in
/// LD_LIBRARY_PATH, and the folder into HEADROOM_LIBTORCH. Call before exec, with one thread.
void putLibTorchOnPath(const std::filesystem::path& folder);

/// Removes them from LD_LIBRARY_PATH, once the dynamic linker has read it: programs that this one starts,
/// such as a browser, must not load them. Call at program start, with one thread.
void takeLibTorchOffPath();

/// "LD_LIBRARY_PATH=...", for Headroom programs that this one starts: contains LibTorch's libraries again,
/// which takeLibTorchOffPath() has removed.
std::string libraryPathVariable();

} // namespace headroom
