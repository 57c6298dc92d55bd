// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <sndfile.h>

#include <cstdint>

namespace headroom {

/// An open file without its first bytes, to which libsndfile writes. Positions count from the offset. Does
/// not own the descriptor. One thread.
class OffsetFile {
public:
    OffsetFile() = default;
    OffsetFile(int descriptor, std::int64_t offset) : descriptor_(descriptor), offset_(offset) {}

    /// Callbacks for an OffsetFile.
    static SF_VIRTUAL_IO virtualFile();

private:
    std::int64_t size() const;
    std::int64_t seek(std::int64_t position, int whence);
    std::int64_t read(void* into, std::int64_t count);
    std::int64_t write(const void* from, std::int64_t count);

    int descriptor_ = -1;
    std::int64_t offset_ = 0;
    std::int64_t position_ = 0;
};

} // namespace headroom
