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
    bool guide = false;
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

std::string saidText(GuideUnit unit, double value) {
    constexpr double giga = 1e9;
    constexpr double mega = 1e6;
    switch (unit) {
    case GuideUnit::Bytes:
        return fmt::format("{:.1f} GB", value / giga);
    case GuideUnit::Percent:
        return fmt::format("{:.0f} %", value);
    case GuideUnit::Decibel:
        return fmt::format("{:.2f} dB", value);
    case GuideUnit::Number:
        break;
    }
    return value >= mega ? fmt::format("{:.1f} M", value / mega) : fmt::format("{:.0f}", value);
}

std::string saidText(const GuideFigure& figure) {
    if (!figure.low)
        return "";
    if (!figure.high)
        return "over " + saidText(figure.unit, *figure.low);
    const std::string low = saidText(figure.unit, *figure.low);
    return figure.high == figure.low ? low : low + " to " + saidText(figure.unit, *figure.high);
}

std::string hereText(const GuideFigure& figure) {
    if (!figure.here)
        return "not measured here";
    return figure.unit == GuideUnit::Bytes ? text(static_cast<std::int64_t>(*figure.here))
                                           : saidText(figure.unit, *figure.here);
}

void printGuide(const std::vector<GuideFigure>& figures, const Card& card) {
    TextTable table(
        {{"the guide for 32 GB on " + cardText(card)}, {"says", Align::Right}, {"is", Align::Right}});
    for (const GuideFigure& figure : figures)
        table.addRow({figure.text, saidText(figure), hereText(figure)});
    fmt::print("{}", table.text());
}

void run(const Arguments& arguments) {
    if (arguments.cards) {
        printCards();
        return;
    }
    const ForecastRequest request = forecastRequest(arguments.forecast);
    if (arguments.guide) {
        const std::vector<GuideFigure> figures = guideNow(request.card);
        if (arguments.forecast.json)
            fmt::print("{}\n", toJson(figures));
        else
            printGuide(figures, request.card);
        return;
    }
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
    command->add_flag("--guide", arguments->guide,
                      "Go through the figures of the guide for 32 GB, each beside what is true of it");
    command->callback([arguments] { run(*arguments); });
}

} // namespace headroom::app
