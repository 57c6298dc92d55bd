// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/weights/pickle.h"
#include "core/weights/zip_archive.h"

#include <string>

namespace headroom {

/// A checkpoint of torch.save: its zip file, and the pickle that describes its objects. Throws Error (Input)
/// if the file is something else, is damaged, or was written by a big-endian machine.
struct TorchPickle {
    explicit TorchPickle(const std::string& path);

    ZipArchive archive;
    std::string folder; ///< of the archive's entries, including the slash
    Pickle pickle;
};

} // namespace headroom
