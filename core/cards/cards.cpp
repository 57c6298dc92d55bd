// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"

#include "core/support/machine_memory.h"
#include "core/support/mib.h"

#include <string>

namespace headroom {
namespace {

/// @param capacity in MiB, as nvidia-smi reports it
Card card(const char* name, std::int64_t capacity, int major, int minor, int multiprocessors, int threads) {
    Card result{.name = name,
                .capacity = capacity * mib,
                .computeMajor = major,
                .computeMinor = minor,
                .multiprocessors = multiprocessors,
                .threadsPerMultiprocessor = threads};
    estimateContext(result);
    return result;
}

} // namespace

/// Laptop cards have the announced number of CUDA cores, at 128 per multiprocessor (for the 3050: of its
/// first version; there is one with 20). Compared with reports of their launch and with data sheets:
/// wccftech.com, hardwaretimes.com, hardwareluxx.de, purepc.pl, neowin.net, hmc-tech.com.
const std::vector<Card>& cardTable() {
    static const std::vector<Card> cards = {
        card("GTX 1650", 4096, 7, 5, 14, 1024),
        card("GTX 1650 Super", 4096, 7, 5, 20, 1024),
        card("GTX 1660", 6144, 7, 5, 22, 1024),
        card("GTX 1660 Super", 6144, 7, 5, 22, 1024),
        card("GTX 1660 Ti", 6144, 7, 5, 24, 1024),
        card("RTX 2060", 6144, 7, 5, 30, 1024),
        card("RTX 2060 12 GB", 12288, 7, 5, 34, 1024),
        card("RTX 2070", 8192, 7, 5, 36, 1024),
        card("RTX 2070 Super", 8192, 7, 5, 40, 1024),
        card("RTX 2080", 8192, 7, 5, 46, 1024),
        card("RTX 2080 Super", 8192, 7, 5, 48, 1024),
        card("RTX 2080 Ti", 11264, 7, 5, 68, 1024),
        card("RTX 3050", 8192, 8, 6, 20, 1536),
        card("RTX 3060", 12288, 8, 6, 28, 1536),
        card("RTX 3060 Ti", 8192, 8, 6, 38, 1536),
        card("RTX 3070", 8192, 8, 6, 46, 1536),
        card("RTX 3070 Ti", 8192, 8, 6, 48, 1536),
        card("RTX 3080", 10240, 8, 6, 68, 1536),
        card("RTX 3080 12 GB", 12288, 8, 6, 70, 1536),
        card("RTX 3080 Ti", 12288, 8, 6, 80, 1536),
        card("RTX 3090", 24576, 8, 6, 82, 1536),
        card("RTX 3090 Ti", 24564, 8, 6, 84, 1536),
        card("RTX 3050 Laptop", 4096, 8, 6, 16, 1536),
        card("RTX 3050 Ti Laptop", 4096, 8, 6, 20, 1536),
        card("RTX 3060 Laptop", 6144, 8, 6, 30, 1536),
        card("RTX 3070 Laptop", 8192, 8, 6, 40, 1536),
        card("RTX 3070 Ti Laptop", 8192, 8, 6, 46, 1536),
        card("RTX 3080 Laptop", 8192, 8, 6, 48, 1536),
        card("RTX 3080 Laptop 16 GB", 16384, 8, 6, 48, 1536),
        card("RTX 3080 Ti Laptop", 16384, 8, 6, 58, 1536),
        card("RTX 4060", 8188, 8, 9, 24, 1536),
        card("RTX 4060 Ti", 8188, 8, 9, 34, 1536),
        card("RTX 4060 Ti 16 GB", 16380, 8, 9, 34, 1536),
        card("RTX 4070", 12282, 8, 9, 46, 1536),
        card("RTX 4070 Super", 12282, 8, 9, 56, 1536),
        card("RTX 4070 Ti", 12282, 8, 9, 60, 1536),
        card("RTX 4070 Ti Super", 16376, 8, 9, 66, 1536),
        card("RTX 4080", 16376, 8, 9, 76, 1536),
        card("RTX 4080 Super", 16376, 8, 9, 80, 1536),
        card("RTX 4090", 24564, 8, 9, 128, 1536),
        card("RTX 4050 Laptop", 6141, 8, 9, 20, 1536),
        card("RTX 4060 Laptop", 8188, 8, 9, 24, 1536),
        card("RTX 4070 Laptop", 8188, 8, 9, 36, 1536),
        card("RTX 4080 Laptop", 12282, 8, 9, 58, 1536),
        card("RTX 4090 Laptop", 16376, 8, 9, 76, 1536),
        card("RTX 5060", 8151, 12, 0, 30, 1536),
        card("RTX 5060 Ti", 8151, 12, 0, 36, 1536),
        card("RTX 5060 Ti 16 GB", 16311, 12, 0, 36, 1536),
        card("RTX 5070", 12227, 12, 0, 48, 1536),
        card("RTX 5070 Ti", 16303, 12, 0, 70, 1536),
        card("RTX 5080", 16303, 12, 0, 84, 1536),
        card("RTX 5090", 32607, 12, 0, 170, 1536),
        card("RTX 5050 Laptop", 8151, 12, 0, 20, 1536),
        card("RTX 5060 Laptop", 8151, 12, 0, 26, 1536),
        card("RTX 5070 Laptop", 8151, 12, 0, 36, 1536),
        card("RTX 5070 Ti Laptop", 12227, 12, 0, 46, 1536),
        card("RTX 5080 Laptop", 16303, 12, 0, 60, 1536),
        card("RTX 5090 Laptop", 24463, 12, 0, 82, 1536),
        card("RTX A4000", 16376, 8, 6, 48, 1536),
        card("RTX A5000", 24564, 8, 6, 64, 1536),
        card("RTX A6000", 49140, 8, 6, 84, 1536),
        card("RTX 6000 Ada", 49140, 8, 9, 142, 1536),
        card("RTX PRO 6000 Blackwell", 97887, 12, 0, 188, 1536),
        card("T4", 15360, 7, 5, 40, 1024),
        card("L4", 23034, 8, 9, 58, 1536),
        card("A10G", 23028, 8, 6, 80, 1536),
        card("L40S", 46068, 8, 9, 142, 1536),
        card("A100 40 GB", 40960, 8, 0, 108, 2048),
        card("A100 80 GB", 81920, 8, 0, 108, 2048),
        card("H100 80 GB", 81559, 9, 0, 132, 2048),
        card("H200", 143771, 9, 0, 132, 2048),
        card("B200", 183359, 10, 0, 148, 2048),
    };
    return cards;
}

void estimateContext(Card& card) {
    card.contextLow = (220 + card.multiprocessors) * mib;
    card.contextHigh = 350 * mib + card.multiprocessors * mib * 3 / 2;
    card.contextMeasured = false;
}

Card cpuCard() {
    return {.name = "CPU", .capacity = MachineMemory::now().total, .device = "cpu"};
}

} // namespace headroom
