#include "core/audio/audio_reader.h"

#include "core/audio/riff.h"
#include "core/audio/sound_handle.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <mutex>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace headroom {
namespace {

void checkIsReadableFile(const std::filesystem::path& path) {
    const auto fail = [&](const std::string& what) { throw Error(ErrorKind::Input, what, path.string()); };
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found)
        fail("there is no such file");
    if (error)
        fail("cannot read the file: " + error.message());
    if (std::filesystem::is_directory(status))
        fail("this is a folder, not a sound file");
    if (!std::filesystem::is_regular_file(status))
        fail("this is not a file");
    if (::access(path.c_str(), R_OK) != 0)
        fail("cannot read the file: " + std::system_category().message(errno));
    if (std::filesystem::file_size(path, error) == 0)
        fail("the file is empty");
}

SoundHandle openSound(const std::filesystem::path& path, SF_INFO& info) {
    // Why an open failed stands in a global variable of libsndfile.
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    SoundHandle sound(sf_open(path.c_str(), SFM_READ, &info));
    if (!sound) {
        throw Error(ErrorKind::Input, fmt::format("cannot read it as a sound file: {}", sf_strerror(nullptr)),
                    path.string(), "Check that it really is one, or write it anew as WAV or FLAC.");
    }
    return sound;
}

/// libsndfile's short name of the part of `format` under `mask`, its long one for the rarer kinds.
std::string formatName(int format, int mask) {
    static const std::map<int, std::string> names = {
        {SF_FORMAT_WAV, "WAV"},       {SF_FORMAT_WAVEX, "WAV"},     {SF_FORMAT_RF64, "RF64"},
        {SF_FORMAT_AIFF, "AIFF"},     {SF_FORMAT_FLAC, "FLAC"},     {SF_FORMAT_OGG, "OGG"},
        {SF_FORMAT_PCM_U8, "PCM_U8"}, {SF_FORMAT_PCM_S8, "PCM_S8"}, {SF_FORMAT_PCM_16, "PCM_16"},
        {SF_FORMAT_PCM_24, "PCM_24"}, {SF_FORMAT_PCM_32, "PCM_32"}, {SF_FORMAT_FLOAT, "FLOAT"},
        {SF_FORMAT_DOUBLE, "DOUBLE"}, {SF_FORMAT_VORBIS, "VORBIS"}, {SF_FORMAT_OPUS, "OPUS"},
    };
    const auto known = names.find(format & mask);
    if (known != names.end())
        return known->second;
    SF_FORMAT_INFO wanted{format & mask, nullptr, nullptr};
    sf_command(nullptr, SFC_GET_FORMAT_INFO, &wanted, sizeof wanted);
    return wanted.name != nullptr ? wanted.name : "unknown";
}

} // namespace

struct AudioReader::State {
    std::filesystem::path path;
    SoundHandle sound;
    AudioInfo info;
    std::int64_t position = 0;
    std::int64_t preroll = 0; ///< frames that a seek must decode first to be exact
    std::vector<float> interleaved = {};

    /// Appends up to `frames` frames to `into`, from its frame `at` on; what it could read.
    std::int64_t readBlock(AudioBuffer& into, std::int64_t at, std::int64_t frames);
    [[noreturn]] void fail(const std::string& what, const std::string& remedy = {}) const {
        throw Error(ErrorKind::Input, what, path.string(), remedy);
    }
};

AudioReader::AudioReader(const std::filesystem::path& path) {
    checkIsReadableFile(path);
    SF_INFO found{};
    SoundHandle sound = openSound(path, found);
    checkClaimedLength(path);
    state_ = std::make_unique<State>(
        State{path,
              std::move(sound),
              {found.samplerate, found.channels, found.frames, formatName(found.format, SF_FORMAT_TYPEMASK),
               formatName(found.format, SF_FORMAT_SUBMASK)}});
    // An MP3 frame may need what stands in up to ten frames before it.
    constexpr std::int64_t mp3Preroll = 16384;
    if ((found.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_MPEG)
        state_->preroll = mp3Preroll;
    if (found.frames <= 0)
        state_->fail("the file holds no samples");
    constexpr std::int64_t longest = std::int64_t{1} << 40;
    if (found.frames > longest || !found.seekable)
        state_->fail("the file does not say how long it is", "Write it anew, to a file and not to a pipe.");
}

AudioReader::AudioReader(AudioReader&&) noexcept = default;
AudioReader& AudioReader::operator=(AudioReader&&) noexcept = default;
AudioReader::~AudioReader() = default;

const AudioInfo& AudioReader::info() const {
    return state_->info;
}

std::int64_t AudioReader::position() const {
    return state_->position;
}

void AudioReader::seek(std::int64_t frame) {
    if (frame < 0 || frame > state_->info.frames)
        state_->fail(fmt::format("there is no frame {}, the file has {}", frame, state_->info.frames));
    // Where the end is asked for there is nothing to find, and FLAC has no such place.
    if (frame < state_->info.frames && frame != state_->position) {
        const std::int64_t start = std::max<std::int64_t>(0, frame - state_->preroll);
        if (sf_seek(state_->sound.get(), start, SEEK_SET) != start) {
            state_->fail(fmt::format("the file is damaged or cut short: frame {} of {} cannot be reached",
                                     frame, state_->info.frames),
                         "Copy or download it again.");
        }
        state_->position = start;
        read(frame - start);
    }
    state_->position = frame;
}

std::int64_t AudioReader::State::readBlock(AudioBuffer& into, std::int64_t at, std::int64_t frames) {
    constexpr std::int64_t blockFrames = 16384;
    const std::int64_t count = std::min(frames, blockFrames);
    interleaved.resize(static_cast<std::size_t>(count * info.channels));
    const std::int64_t got = sf_readf_float(sound.get(), interleaved.data(), count);
    for (int c = 0; c < info.channels; ++c) {
        const auto samples = into.channel(c);
        for (std::int64_t i = 0; i < got; ++i)
            samples[at + i] = interleaved[i * info.channels + c];
    }
    return got;
}

AudioBuffer AudioReader::read(std::int64_t frames) {
    State& state = *state_;
    AudioBuffer result(state.info.channels, std::min(frames, state.info.frames - state.position));
    for (std::int64_t done = 0; done < result.frames();) {
        const std::int64_t got = state.readBlock(result, done, result.frames() - done);
        if (got <= 0 || sf_error(state.sound.get()) != SF_ERR_NO_ERROR) {
            state.fail(fmt::format("the file is damaged or cut short: it claims {} frames and cannot be read "
                                   "beyond frame {}",
                                   state.info.frames, state.position + done),
                       "Copy or download it again.");
        }
        done += got;
    }
    state.position += result.frames();
    return result;
}

} // namespace headroom
