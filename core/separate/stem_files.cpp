// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/stem_files.h"

#include "core/separate/safe_file_name.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace headroom {
namespace {

constexpr std::ptrdiff_t restIndex = -1;

std::ptrdiff_t sourceOf(const std::string& name, std::span<const std::string> modelStems) {
    const auto found = std::ranges::find(modelStems, name);
    if (found != modelStems.end())
        return found - modelStems.begin();
    if (name == restName)
        return restIndex;
    throw Error(ErrorKind::Input, fmt::format("the model has no stem '{}'", name), {},
                fmt::format("Choose from {} and {}.", fmt::join(modelStems, ", "), restName));
}

/// Safe file names. Throws if two are equal, so that no stem overwrites another.
std::vector<std::string> fileNames(std::span<const std::string> stems) {
    std::vector<std::string> names;
    for (const std::string& stem : stems) {
        const std::string name = safeFileName(stem);
        if (const auto same = std::ranges::find(names, name); same != names.end()) {
            const std::string& other = stems[static_cast<std::size_t>(same - names.begin())];
            throw Error(
                ErrorKind::Input,
                stem == other
                    ? fmt::format("the stem '{}' is listed twice", stem)
                    : fmt::format("the stems '{}' and '{}' would be written to the same file", other, stem),
                {}, "Choose other stems with --stems.");
        }
        names.push_back(name);
    }
    return names;
}

/// The audio minus all parts as read back, summed in double.
AudioBuffer without(const AudioBuffer& audio, const std::vector<const AudioBuffer*>& parts,
                    SampleEncoding encoding) {
    AudioBuffer rest(audio.channels(), audio.frames());
    for (std::size_t i = 0; i < rest.samples().size(); ++i) {
        double sum = audio.samples()[i];
        for (const AudioBuffer* part : parts)
            sum -= storedSample(part->samples()[i], encoding);
        rest.samples()[i] = static_cast<float>(sum);
    }
    return rest;
}

double energy(const AudioBuffer& audio) {
    double sum = 0;
    for (float sample : audio.samples())
        sum += double{sample} * sample;
    return sum;
}

} // namespace

StemFiles::StemFiles(const std::filesystem::path& folder, std::span<const std::string> modelStems,
                     std::span<const std::string> chosen, const AudioSpec& spec)
    : encoding_(spec.encoding) {
    for (const std::string& name : chosen)
        sources_.push_back(sourceOf(name, modelStems));
    for (const std::string& name : fileNames(chosen)) {
        paths_.push_back(folder / (name + fileExtension(spec.container)));
        writers_.emplace_back(paths_.back(), spec);
    }
    rest_ = std::ranges::count(sources_, restIndex) > 0;
    chosenStems_ = static_cast<int>(std::ssize(sources_)) - (rest_ ? 1 : 0);
}

void StemFiles::write(const AudioBuffer& input, const std::vector<AudioBuffer>& stems) {
    std::vector<const AudioBuffer*> written;
    for (std::ptrdiff_t source : sources_) {
        if (source != restIndex)
            written.push_back(&stems[source]);
    }
    AudioBuffer rest;
    if (sumsToInput()) {
        rest = without(input, written, encoding_);
        written.push_back(&rest);
        inputEnergy_ += energy(input);
        residualEnergy_ += energy(without(input, written, encoding_));
    } else if (rest_) {
        for (const AudioBuffer& stem : stems)
            written.push_back(&stem);
        rest = without(input, written, SampleEncoding::Float);
    }
    for (std::size_t file = 0; file < writers_.size(); ++file)
        writers_[file].write(sources_[file] == restIndex ? rest : stems[sources_[file]]);
}

void StemFiles::commit() {
    for (AudioWriter& writer : writers_)
        writer.commit();
}

std::int64_t StemFiles::clippedSamples() const {
    std::int64_t sum = 0;
    for (const AudioWriter& writer : writers_)
        sum += writer.clippedSamples();
    return sum;
}

double StemFiles::nullTestDecibels() const {
    return residualEnergy_ == 0 ? -std::numeric_limits<double>::infinity()
                                : 10 * std::log10(residualEnergy_ / inputEnergy_);
}

} // namespace headroom
