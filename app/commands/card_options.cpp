#include "app/commands/card_options.h"

#include "app/print.h"
#include "app/size_option.h"
#include "core/config/config_check.h"
#include "core/config/config_file.h"
#include "core/engine/forecast_now.h"
#include "core/support/bytes.h"
#include "core/support/error.h"

#include <fmt/format.h>

namespace headroom::app {
namespace {

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
constexpr std::int64_t smallestMaxSplit = 20 * mebibyte; ///< as PyTorch has it
constexpr std::int64_t smallestCard = 64 * mebibyte;     ///< no CUDA context fits below

/// Where no card is named: the machine's own, or else one that many people have, with a word why.
Card usualCard() {
    constexpr const char* common = "RTX 4070";
    const Card first = knownCards().front();
    if (first.computeMajor > 0)
        return first;
    printError("headroom: {} The forecast is for an {}; --card names another.\n", noUsableCardHere(), common);
    return cardNamed(common);
}

double gibibytes(std::int64_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(bytesPerGiB);
}

} // namespace

void addForecastOptions(CLI::App& command, ForecastArguments& arguments) {
    command.add_option("--config", arguments.config,
                       "Configuration file (YAML); `headroom knobs` lists what it may hold");
    command.add_option("--set", arguments.overrides, "Knobs to set, as training.batch_size=2")
        ->allow_extra_args(true);
    command.add_option("--card", arguments.card,
                       "\"RTX 4070\", cpu, or another that --cards lists; without it the machine's own");
    addSizeOption(command, "--capacity", arguments.capacity,
                  "Memory of the card in all, as 7.5GiB; 8GB is 8 * 10^9 bytes", {.least = smallestCard});
    addSizeOption(command, "--others", arguments.others, "What other programs hold of it, as 500MiB");
    command.add_flag("--expandable-segments", arguments.expandableSegments,
                     "As with PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True");
    addSizeOption(command, "--max-split-size", arguments.maxSplitSize,
                  "As with PYTORCH_CUDA_ALLOC_CONF=max_split_size_mb:…, as 128MiB");
    command.add_flag("--json", arguments.json, "One line of JSON");
}

ForecastRequest forecastRequest(const ForecastArguments& arguments) {
    ForecastRequest request;
    ConfigPlaces places;
    if (!arguments.config.empty())
        request.config = loadConfig(arguments.config, &places);
    for (const std::string& assignment : arguments.overrides)
        applyOverride(request.config, assignment, &places);
    checkConfig(request.config, places);
    request.card = arguments.card.empty() ? usualCard() : cardNamed(arguments.card);
    if (arguments.capacity > 0)
        request.card.capacity = arguments.capacity;
    if (arguments.maxSplitSize > 0 && arguments.maxSplitSize <= smallestMaxSplit)
        throw Error(ErrorKind::Input, "blocks of 20 MiB and less are always split", "--max-split-size",
                    "Give more than 20MiB, or leave it out.");
    request.others = arguments.others;
    request.allocator = {.expandableSegments = arguments.expandableSegments,
                         .maxSplitSize = arguments.maxSplitSize};
    return request;
}

std::string cardText(const Card& card) {
    return fmt::format("{}, {:.1f} GiB", card.name, gibibytes(card.capacity));
}

std::string verdictText(const Forecast& forecast, const Card& card) {
    const char* words = forecast.verdict == Verdict::Fits    ? "fits"
                        : forecast.verdict == Verdict::Tight ? "fits, but tightly"
                                                             : "does not fit";
    return fmt::format("{}: {:.1f} of {:.1f} GiB", words, gibibytes(forecast.deviceTotal),
                       gibibytes(card.capacity));
}

} // namespace headroom::app
