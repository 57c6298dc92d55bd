// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/card_rates.h"

#include "core/cards/cards.h"

#include <algorithm>
#include <string_view>

namespace headroom {
namespace {

/// In the units of NVIDIA's product pages and data sheets: GB/s and TFLOP/s, at the boost clock. Of cards
/// that are sold with several memories or power limits, the fastest.
struct PublishedRow {
    std::string_view name;
    double bandwidth;
    double fp32;
    double bf16;
};

/// Sources: see resources/docs/forecast.md. The tensor cores of GeForce cards and of the A10G sum in float32
/// at half the rate of the workstation cards with the same cores. Cards before Ampere have no bfloat16 cores
/// and compute such products in float32.
constexpr PublishedRow published[] = {
    {"GTX 1650", 192, 3, 3},
    {"GTX 1650 Super", 192, 4.4, 4.4},
    {"GTX 1660", 192, 5, 5},
    {"GTX 1660 Super", 336, 5, 5},
    {"GTX 1660 Ti", 288, 5.4, 5.4},
    {"RTX 2060", 336, 6.5, 6.5},
    {"RTX 2060 12 GB", 336, 7.2, 7.2},
    {"RTX 2070", 448, 7.9, 7.9},
    {"RTX 2070 Super", 448, 9.1, 9.1},
    {"RTX 2080", 448, 10.6, 10.6},
    {"RTX 2080 Super", 496, 11.2, 11.2},
    {"RTX 2080 Ti", 616, 14.2, 14.2},
    {"RTX 3050", 224, 9.1, 18.2},
    {"RTX 3060", 360, 12.7, 25.5},
    {"RTX 3060 Ti", 608, 16.2, 32.4},
    {"RTX 3070", 448, 20.3, 40.6},
    {"RTX 3070 Ti", 608, 21.7, 43.5},
    {"RTX 3080", 760, 29.8, 59.5},
    {"RTX 3080 12 GB", 912, 30.6, 61.3},
    {"RTX 3080 Ti", 912, 34.1, 68.2},
    {"RTX 3090", 936, 35.6, 71.2},
    {"RTX 3090 Ti", 1008, 40, 80},
    {"RTX 3050 Laptop", 192, 7.1, 14.3},
    {"RTX 3050 Ti Laptop", 192, 8.7, 17.4},
    {"RTX 3060 Laptop", 336, 13.1, 26.2},
    {"RTX 3070 Laptop", 448, 16.6, 33.2},
    {"RTX 3070 Ti Laptop", 448, 17.5, 35},
    {"RTX 3080 Laptop", 448, 21, 42},
    {"RTX 3080 Laptop 16 GB", 448, 21, 42},
    {"RTX 3080 Ti Laptop", 512, 23.6, 47.2},
    {"RTX 4060", 272, 15.1, 30.2},
    {"RTX 4060 Ti", 288, 22.1, 44.1},
    {"RTX 4060 Ti 16 GB", 288, 22.1, 44.1},
    {"RTX 4070", 504, 29.1, 58.3},
    {"RTX 4070 Super", 504, 35.5, 71},
    {"RTX 4070 Ti", 504, 40.1, 80.2},
    {"RTX 4070 Ti Super", 672, 44.1, 88.2},
    {"RTX 4080", 716.8, 48.7, 97.5},
    {"RTX 4080 Super", 736, 52.2, 104.4},
    {"RTX 4090", 1008, 82.6, 165.2},
    {"RTX 4050 Laptop", 192, 12.1, 24.3},
    {"RTX 4060 Laptop", 256, 14.6, 29.1},
    {"RTX 4070 Laptop", 256, 20, 40.1},
    {"RTX 4080 Laptop", 432, 33.9, 67.7},
    {"RTX 4090 Laptop", 576, 42.9, 85.8},
    {"RTX 5060", 448, 19.2, 38.4},
    {"RTX 5060 Ti", 448, 23.7, 47.4},
    {"RTX 5060 Ti 16 GB", 448, 23.7, 47.4},
    {"RTX 5070", 672, 30.9, 61.7},
    {"RTX 5070 Ti", 896, 43.9, 87.9},
    {"RTX 5080", 960, 56.3, 112.6},
    {"RTX 5090", 1792, 104.8, 209.5},
    {"RTX 5050 Laptop", 384, 13.8, 27.5},
    {"RTX 5060 Laptop", 384, 17.9, 35.8},
    {"RTX 5070 Laptop", 384, 24.9, 49.9},
    {"RTX 5070 Ti Laptop", 672, 31, 62},
    {"RTX 5080 Laptop", 896, 41.7, 83.4},
    {"RTX 5090 Laptop", 896, 57, 114},
    {"RTX A4000", 448, 19.2, 76.7},
    {"RTX A5000", 768, 27.8, 111.1},
    {"RTX A6000", 768, 38.7, 154.8},
    {"RTX 6000 Ada", 960, 91.1, 364.2},
    {"RTX PRO 6000 Blackwell", 1792, 126, 503.8},
    {"T4", 320, 8.1, 8.1},
    {"L4", 300, 30.3, 121},
    {"A10G", 600, 35, 70},
    {"L40S", 864, 91.6, 362},
    {"A100 40 GB", 1555, 19.5, 312},
    {"A100 80 GB", 2039, 19.5, 312},
    {"H100 80 GB", 3350, 67, 989},
    {"H200", 4800, 67, 989},
    {"B200", 8000, 80, 2250},
};

CardRates ratesOf(const PublishedRow& row) {
    constexpr double giga = 1e9;
    constexpr double tera = 1e12;
    return {.bandwidth = row.bandwidth * giga,
            .fp32 = row.fp32 * tera,
            .bf16 = row.bf16 * tera,
            .isLaptop = row.name.find("Laptop") != std::string_view::npos};
}

} // namespace

std::optional<CardRates> publishedRates(const Card& card) {
    const auto find = [](std::string_view name) {
        return std::ranges::find(published, name, &PublishedRow::name);
    };
    auto row = find(card.name);
    if (row == std::end(published)) {
        // The H100 for PCIe has the memory of the table's H100, but not its rates.
        const std::optional<Card> known = findCard(card.name);
        if (known && known->multiprocessors == card.multiprocessors)
            row = find(known->name);
    }
    return row == std::end(published) ? std::nullopt : std::optional(ratesOf(*row));
}

} // namespace headroom
