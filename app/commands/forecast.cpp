#include "app/command.h"
#include "app/commands/card_options.h"
#include "app/text_table.h"
#include "core/engine/forecast_service.h"
#include "core/session/forecast_json.h"
#include "core/support/bytes.h"

#include <fmt/format.h>

#include <memory>

namespace headroom::app {
namespace {

using Align = TextTable::Align;

struct Arguments {
    ForecastArguments forecast;
    bool cards = false;
};

std::string text(std::int64_t bytes) {
    return formatBytes(static_cast<std::uint64_t>(bytes));
}

void printCards() {
    TextTable table({{"card"},
                     {"memory", Align::Right},
                     {"compute", Align::Right},
                     {"SMs", Align::Right},
                     {"context (estimate)", Align::Right}});
    for (const Card& card : knownCards())
        table.addRow({card.name, text(card.capacity),
                      fmt::format("{}.{}", card.computeMajor, card.computeMinor),
                      std::to_string(card.multiprocessors),
                      fmt::format("{} - {}", text(card.contextLow), text(card.contextHigh))});
    fmt::print("{}", table.text());
}

void printParts(const Forecast& forecast) {
    TextTable table({{"at the peak"}, {"", Align::Right}});
    for (const MemoryPart part : allMemoryParts) {
        if (const std::int64_t bytes = forecast.parts[static_cast<std::size_t>(part)]; bytes > 0)
            table.addRow({memoryPartName(part), text(bytes)});
    }
    table.addRow({"allocated", text(forecast.peakAllocated)});
    fmt::print("{}", table.text());
}

void printLargest(const Forecast& forecast) {
    constexpr std::size_t rows = 8;
    TextTable table({{"largest at the peak"}, {"", Align::Right}, {"tensors", Align::Right}, {"part"}});
    for (std::size_t i = 0; i < std::min(rows, forecast.largest.size()); ++i) {
        const LargeTensor& tensor = forecast.largest[i];
        table.addRow(
            {tensor.module, text(tensor.bytes), std::to_string(tensor.count), memoryPartName(tensor.part)});
    }
    fmt::print("{}", table.text());
}

void print(const Forecast& forecast, const ForecastRequest& request) {
    const Card& card = request.card;
    fmt::print("{}\n{}\n\n", cardText(card), verdictText(forecast, card));
    printParts(forecast);
    fmt::print("\n");
    printLargest(forecast);
    fmt::print("\nreserved by the allocator at most {}; it gets by with {}\n", text(forecast.peakReserved),
               text(forecast.minimumCapacity));
    if (card.computeMajor > 0)
        fmt::print("the CUDA context takes {} to {} of the card{}\n", text(card.contextLow),
                   text(card.contextHigh), card.contextMeasured ? "" : " (estimated, not measured)");
    fmt::print("validation takes {}, separation {}; checkpoints {} on disk\n",
               text(forecast.validation.peakReserved), text(forecast.separation.peakReserved),
               text(forecast.diskBytes));
    fmt::print("forecast in {:.0f} ms\n", forecast.elapsedMs);
}

void run(const Arguments& arguments) {
    if (arguments.cards) {
        printCards();
        return;
    }
    const ForecastRequest request = forecastRequest(arguments.forecast);
    const Forecast forecast = forecastNow(request);
    if (arguments.forecast.json)
        fmt::print("{}\n", toJson(forecast, request.card));
    else
        print(forecast, request);
}

} // namespace

void addForecastCommand(CLI::App& program, Context&) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        program.add_subcommand("forecast", "Say what training takes of a card's memory, without the card");
    addForecastOptions(*command, arguments->forecast);
    command->add_flag("--cards", arguments->cards, "List the cards that are known");
    command->callback([arguments] { run(*arguments); });
}

} // namespace headroom::app
