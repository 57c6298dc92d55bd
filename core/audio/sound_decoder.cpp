#include "core/audio/sound_decoder.h"

#include "core/audio/flac_decoder.h"
#include "core/audio/mpeg_decoder.h"
#include "core/audio/ogg_pages.h"
#include "core/audio/sndfile_decoder.h"
#include "core/audio/sound_header.h"

#include <fmt/format.h>

namespace headroom {

std::string wrongLengthNotice(double claimedSeconds, double seconds) {
    const std::string claimed = fmt::format("{:.1f} s", claimedSeconds);
    const std::string real = fmt::format("{:.1f} s", seconds);
    return claimed == real ? std::string()
                           : fmt::format("its header says that it lasts {}; all {} that are there are used",
                                         claimed, real);
}

std::unique_ptr<AudioDecoder> openDecoder(const std::filesystem::path& path) {
    auto file = std::make_shared<const FileBytes>(path);
    if (isMpeg(*file))
        return std::make_unique<MpegDecoder>(*file);
    if (const auto flac = findFlac(*file))
        return std::make_unique<FlacDecoder>(file, *flac);
    refuseJoinedOgg(*file);
    return std::make_unique<SndfileDecoder>(file, checkHeader(*file));
}

} // namespace headroom
