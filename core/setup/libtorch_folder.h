// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// The version of LibTorch that setup installs. Programs also run with another 2.11.
inline constexpr const char* libTorchVersion = "2.11.0";

/// A LibTorch on this machine.
struct LibTorchFolder {
    std::filesystem::path path; ///< contains lib/ and include/, as the folder "torch" of a wheel
    std::string version;        ///< "2.11.0"; empty if it is not known
    bool complete = false;      ///< has the libraries that every program needs
    bool hasCuda = false;       ///< has libtorch_cuda.so, which cards need

    bool isUsable() const;
};

/// Looks at the files in a folder, without loading a library. Any thread.
LibTorchFolder inspectLibTorch(const std::filesystem::path& folder);

/// The folder of the installed programs, lib/headroom, as seen from this program; in a build folder, that of
/// the program.
std::filesystem::path programsFolder();

/// The folder where setup installs LibTorch: libtorch-2.11.0 in the cache folder, with the layout of Python's
/// site-packages, so that the libraries find each other. Throws Error if there is no cache folder.
std::filesystem::path setupFolder();

/// Where the programs look for LibTorch, in this order: HEADROOM_LIBTORCH alone if it is set; libtorch in the
/// folder of the programs; what setup installed; what ./run keeps in the cache folder.
std::vector<std::filesystem::path> libTorchPlaces();

/// Whether HEADROOM_LIBTORCH names the one place to look at.
bool isLibTorchNamed();

/// The first usable LibTorch of these places; absent if there is none.
std::optional<LibTorchFolder> findLibTorch();

/// Why there is no usable LibTorch, and how to get one, as one sentence.
std::string missingLibTorch();

} // namespace headroom
