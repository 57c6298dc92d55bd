// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <sndfile.h>

#include <memory>

namespace headroom {

struct CloseSndfile {
    void operator()(SNDFILE* file) const { sf_close(file); }
};

/// Owns a file that libsndfile has open.
using SndfilePtr = std::unique_ptr<SNDFILE, CloseSndfile>;

} // namespace headroom
