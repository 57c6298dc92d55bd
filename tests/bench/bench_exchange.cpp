// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Times the exchange of gradients between ranks by Gloo: threads of this process, connected through the
// loopback interface as processes of one machine are.

#include "core/distributed/bucket_sum.h"
#include "tests/support/rank_threads.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace {

using namespace headroom;
using BenchClock = std::chrono::steady_clock;

double secondsSince(BenchClock::time_point begin) {
    return std::chrono::duration<double>(BenchClock::now() - begin).count();
}

} // namespace

int main(int argc, char** argv) {
    int ranks = 2;
    double parameters = 48e6;
    double bucketMiB = 25;
    int repetitions = 10;
    CLI::App program{"Times the exchange of gradients between ranks of this machine by Gloo."};
    program.add_option("--ranks", ranks)->check(CLI::Range(2, 64))->capture_default_str();
    program.add_option("--parameters", parameters, "trained parameters of the model, in fp32")
        ->capture_default_str();
    program.add_option("--bucket", bucketMiB, "MiB")->capture_default_str();
    program.add_option("--repetitions", repetitions, "after one warm-up")->capture_default_str();
    CLI11_PARSE(program, argc, argv);

    at::set_num_threads(1);
    const auto elements = static_cast<std::int64_t>(parameters);
    std::vector<double> seconds;
    test::RankThreads threads;
    const auto errors = threads.run(ranks, [&](ProcessGroup& group) {
        group.connect(c10::kCPU);
        const std::vector<at::Tensor> gradients = {at::zeros({elements})};
        for (int i = 0; i <= repetitions; ++i) {
            group.gather("ready"); // all begin at the same time
            const auto begin = BenchClock::now();
            const BucketSum buckets(gradients, static_cast<std::int64_t>(bucketMiB * 1024 * 1024));
            buckets.run([&](const at::Tensor& bucket) { group.sum(bucket); });
            if (group.place().isFirst() && i > 0)
                seconds.push_back(secondsSince(begin));
        }
        group.leave();
    });
    for (const std::string& error : errors) {
        if (!error.empty()) {
            fmt::print(stderr, "{}\n", error);
            return 1;
        }
    }
    std::ranges::sort(seconds);
    // In a ring, each rank sends every element but its own part twice: partial sums, then sums.
    const double sent = 2.0 * (ranks - 1) / ranks * static_cast<double>(elements) * sizeof(float);
    fmt::print("{{\"ranks\": {}, \"parameters\": {}, \"bucket_mib\": {}, \"bytes_sent_by_a_rank\": {:.0f}, "
               "\"fastest_s\": {:.4f}, \"median_s\": {:.4f}}}\n",
               ranks, elements, bucketMiB, sent, seconds.front(), seconds[seconds.size() / 2]);
    return 0;
}
