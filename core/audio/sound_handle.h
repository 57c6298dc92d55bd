#pragma once

#include <sndfile.h>

#include <memory>

namespace headroom {

struct CloseSound {
    void operator()(SNDFILE* sound) const { sf_close(sound); }
};

/// A sound file that libsndfile has open.
using AudioHandle = std::unique_ptr<SNDFILE, CloseSound>;

} // namespace headroom
