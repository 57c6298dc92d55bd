#pragma once

#include "core/audio/audio_buffer.h"

#include <QByteArray>
#include <nlohmann/json.hpp>
#include <sndfile.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <vector>

namespace headroom::test {

/// One golden case of museval's scores: the sounds, read by libsndfile itself, and what was stored.
struct BssCase {
    nlohmann::json stored;
    std::vector<AudioBuffer> references;
    std::vector<AudioBuffer> estimates;

    std::int64_t window() const { return stored["config"]["window"]; }
    std::int64_t hop() const { return stored["config"]["hop"]; }
};

inline AudioBuffer readWhole(const std::filesystem::path& path) {
    SF_INFO info{};
    SNDFILE* file = sf_open(path.c_str(), SFM_READ, &info);
    if (file == nullptr)
        throw std::runtime_error("cannot read " + path.string());
    std::vector<float> interleaved(static_cast<std::size_t>(info.frames * info.channels));
    sf_readf_float(file, interleaved.data(), info.frames);
    sf_close(file);
    AudioBuffer sound(info.channels, info.frames);
    for (int c = 0; c < info.channels; ++c) {
        for (std::int64_t i = 0; i < info.frames; ++i)
            sound.channel(c)[i] = interleaved[i * info.channels + c];
    }
    return sound;
}

inline BssCase loadBssCase(const std::filesystem::path& json) {
    std::ifstream file(json);
    BssCase result{nlohmann::json::parse(file), {}, {}};
    for (const std::string name : result.stored["files"]["refs"])
        result.references.push_back(readWhole(json.parent_path() / name));
    for (const std::string name : result.stored["files"]["ests"])
        result.estimates.push_back(readWhole(json.parent_path() / name));
    return result;
}

/// null is NaN and "inf" infinity, as the cases write them.
inline double storedScore(const nlohmann::json& value) {
    if (value.is_null())
        return std::numeric_limits<double>::quiet_NaN();
    return value.is_string() ? std::numeric_limits<double>::infinity() : value.get<double>();
}

} // namespace headroom::test
