// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/commands/card_options.h"

#include "app/config_option.h"
#include "app/print.h"
#include "app/size_option.h"
#include "app/time_range_text.h"
#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/engine/forecast_now.h"
#include "core/support/bytes.h"
#include "core/support/error.h"

#include <fmt/format.h>

namespace headroom::app {
namespace {

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
constexpr std::int64_t smallestMaxSplit = 20 * mebibyte; ///< PyTorch's limit
constexpr std::int64_t smallestCard = 64 * mebibyte;     ///< less cannot hold a CUDA context

/// The card to use if none is named: that of this machine, or else a common one, with a notice.
Card defaultCard() {
    constexpr const char* common = "RTX 4070";
    Card first = knownCards().front();
    if (first.computeMajor > 0)
        return first;
    printError("headroom: {} The forecast is for an {}; use --card for another.\n", noUsableCardHere(),
               common);
    return cardNamed(common);
}

Card namedCard(const ForecastArguments& arguments) {
    if (!arguments.card.empty())
        return cardNamed(arguments.card);
    if (arguments.device.empty())
        return defaultCard();
    std::string notice;
    Card card = cardOfDevice(arguments.device, notice);
    if (!notice.empty())
        printError("headroom: {}\n", notice);
    return card;
}

double gibibytes(std::int64_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(bytesPerGiB);
}

} // namespace

void addForecastOptions(CLI::App& command, ForecastArguments& arguments) {
    command.add_option("--config", arguments.config,
                       "Configuration file (YAML); `headroom options` lists its options");
    command.add_option("--set", arguments.overrides, "Options to override, such as training.batch_size=2")
        ->allow_extra_args(true);
    command
        .add_option("--ranks", arguments.ranks,
                    "Ranks of the run, each on a card of its own; the forecast is of one of them")
        ->check(CLI::Range(1, 4096));
    addCardOptions(command, arguments);
}

void addCardOptions(CLI::App& command, ForecastArguments& arguments) {
    CLI::Option* card = command.add_option(
        "--card", arguments.card,
        "Card to forecast for, such as \"RTX 4070\" or cpu; default: the card of this machine");
    command
        .add_option("--device", arguments.device,
                    "Device of this machine to forecast for: auto, cpu, cuda, or one card, such as cuda:1")
        ->excludes(card);
    addSizeOption(command, "--capacity", arguments.capacity,
                  "Total memory of the card, such as 7.5GiB; 8GB is 8 * 10^9 bytes", {.min = smallestCard});
    addSizeOption(command, "--others", arguments.others, "Memory that other programs use, such as 500MiB");
    CLI::Option* expandable = command.add_flag_callback(
        "--expandable-segments", [&] { arguments.expandableSegments = true; },
        "Assume that PYTORCH_ALLOC_CONF has expandable_segments:True; default: as Headroom runs, which is "
        "True if the driver can");
    command
        .add_flag_callback(
            "--no-expandable-segments", [&] { arguments.expandableSegments = false; },
            "Assume that PYTORCH_ALLOC_CONF has expandable_segments:False")
        ->excludes(expandable);
    addSizeOption(command, "--max-split-size", arguments.maxSplitSize,
                  "Assume that PYTORCH_ALLOC_CONF has max_split_size_mb:…; a size such as 128MiB");
    command.add_flag("--json", arguments.json, "Print one line of JSON");
}

ForecastRequest forecastRequest(const ForecastArguments& arguments) {
    ForecastRequest request;
    ConfigPlaces places;
    ConfigErrors errors;
    if (!arguments.config.empty())
        request.config = readConfigOption(arguments.config, &places, &errors);
    applyOverrides(request.config, arguments.overrides, &places, errors);
    errors.throwIfAny();
    checkConfig(request.config, places);
    request.ranks = arguments.ranks;
    request.card = chosenCard(arguments);
    request.others = arguments.others;
    request.allocator = chosenAllocator(arguments, allocatorSettingsFor(request.card));
    return request;
}

Card chosenCard(const ForecastArguments& arguments) {
    Card card = namedCard(arguments);
    if (arguments.capacity > 0)
        card.capacity = arguments.capacity;
    return card;
}

AllocatorSettings chosenAllocator(const ForecastArguments& arguments, AllocatorSettings others) {
    if (arguments.maxSplitSize > 0 && arguments.maxSplitSize <= smallestMaxSplit)
        throw Error(ErrorKind::Input, "PyTorch always splits blocks of up to 20 MiB", "--max-split-size",
                    "Give more than 20MiB, or omit the option.");
    others.expandableSegments = arguments.expandableSegments.value_or(others.expandableSegments);
    if (arguments.maxSplitSize > 0)
        others.maxSplitSize = arguments.maxSplitSize;
    return others;
}

std::string cardText(const Card& card) {
    return fmt::format("{}, {:.1f} GiB", card.name, gibibytes(card.capacity));
}

std::string verdictText(const Forecast& forecast, const Card& card) {
    const char* words = forecast.verdict == Verdict::Fits         ? "fits"
                        : forecast.verdict == Verdict::DoesNotFit ? "does not fit"
                        : forecast.deviceTotal > card.capacity    ? "fits only by releasing cached memory"
                                                                  : "fits, but tightly";
    std::string memory = fmt::format("{}: {:.1f} of {:.1f} GiB", words, gibibytes(forecast.deviceTotal),
                                     gibibytes(card.capacity));
    if (forecast.verdict == Verdict::DoesNotFit)
        return memory;
    if (!forecast.time)
        return memory + ", time unknown";
    return fmt::format("{}, about {} an epoch ({})", memory, timeText(forecast.time->epoch),
                       timeSourceText(forecast.time->source));
}

} // namespace headroom::app
