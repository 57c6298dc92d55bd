// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/core/kernels/cuda/emulated_block.h"
#include "tests/support/strict_main.h"

#include <array>
#include <cmath>

using namespace headroom::test;
using Order = EmulatedBlock::Order;

namespace {

constexpr int threads = 64;
constexpr Order allOrders[] = {Order::Forward, Order::Backward, Order::Shuffled};

/// Thread i reads what thread 63 - i wrote.
void reverse(float* out, bool meets) {
    __shared__ float numbers[threads];
    numbers[threadIdx.x] = static_cast<float>(threadIdx.x);
    if (meets)
        syncBlock();
    out[threadIdx.x] = numbers[threads - 1 - threadIdx.x];
}

/// Reads static shared memory that nobody wrote.
void readUnwritten(float* out) {
    __shared__ float unwritten[threads];
    out[threadIdx.x] = unwritten[threadIdx.x];
}

} // namespace

/// The emulator detects errors that a card does not report.
class TestEmulatedBlock : public QObject {
    Q_OBJECT

    static void run(Order order, const std::function<void()>& kernel, unsigned sharedBytes = 0) {
        emulate({1, 1, 1}, threads, sharedBytes, order, kernel);
    }

private Q_SLOTS:
    void showsMissingBarriers() {
        for (const Order order : allOrders)
            for (const bool meets : {true, false}) {
                std::array<float, threads> out = {};
                run(order, [&] { reverse(out.data(), meets); });
                bool right = true;
                for (int i = 0; i < threads; ++i)
                    right = right && out.at(i) == static_cast<float>(threads - 1 - i);
                QCOMPARE(right, meets);
            }
    }

    void poisonsSharedMemory() {
        std::array<float, threads> out = {};
        std::array<float, threads> ofDynamic = {};
        run(
            Order::Forward,
            [&] {
                readUnwritten(out.data());
                ofDynamic.at(threadIdx.x) = reinterpret_cast<float*>(sharedMemory())[threadIdx.x];
            },
            sizeof ofDynamic);
        for (int i = 0; i < threads; ++i) {
            QVERIFY(std::isnan(out.at(i)));
            QVERIFY(std::isnan(ofDynamic.at(i)));
        }
    }

    void refusesUnalignedAddresses() {
        const auto tokens = [] { return reinterpret_cast<u16*>(sharedMemory()) + 1; };
        QVERIFY_THROWS_EXCEPTION(std::logic_error, run(
                                                       Order::Forward, [&] { load(tokens()); }, 64));
        QVERIFY_THROWS_EXCEPTION(std::logic_error,
                                 run(
                                     Order::Forward, [&] { store(tokens(), Eight{}); }, 64));
    }

    void refusesWritesBeyondSharedMemory() {
        QVERIFY_THROWS_EXCEPTION(std::logic_error,
                                 run(
                                     Order::Forward, [] { sharedMemory()[threadIdx.x] = 1; }, threads - 1));
    }

    void refusesThreadsThatMissAMeeting() {
        const auto some = [](unsigned count) {
            return [count] {
                if (threadIdx.x < count)
                    syncBlock();
            };
        };
        QVERIFY_THROWS_EXCEPTION(std::logic_error, run(Order::Forward, some(32)));
        QVERIFY_THROWS_EXCEPTION(std::logic_error, run(Order::Shuffled, some(40)));
        QVERIFY_THROWS_EXCEPTION(std::logic_error, run(Order::Forward, [] {
                                     if (threadIdx.x < 3)
                                         syncWarp();
                                     else
                                         syncBlock();
                                 }));
    }

    void exchangesWithinWarps() {
        for (const Order order : allOrders) {
            std::array<std::array<float, 4>, threads> out = {};
            run(order, [&] {
                const auto x = static_cast<float>(threadIdx.x);
                out.at(threadIdx.x) = {shuffle(x, 5), shuffleXor(x, 7), shuffleUp(x, 3), shuffleDown(x, 3)};
            });
            for (int i = 0; i < threads; ++i) {
                const int lane = i % 32;
                const std::array<float, 4> expected = {
                    static_cast<float>(i - lane + 5), static_cast<float>(i ^ 7),
                    static_cast<float>(lane < 3 ? i : i - 3), static_cast<float>(lane > 28 ? i : i + 3)};
                QVERIFY(out.at(i) == expected);
            }
        }
    }

    /// A product of small whole numbers, by both ways of loading its left factor, is exact.
    void multipliesMatrices() {
        constexpr int n = 16;
        const auto left = [](int i, int k) { return static_cast<float>((3 * i + 5 * k) % 7 - 3); };
        const auto right = [](int k, int j) { return static_cast<float>((2 * k + 3 * j) % 5 - 2); };
        for (const bool transposed : {false, true}) {
            float out[n][8] = {};
            emulate({1, 1, 1}, 32, n * n * 2, Order::Shuffled, [&] {
                u16* matrix = reinterpret_cast<u16*>(sharedMemory());
                const int lane = static_cast<int>(threadIdx.x);
                for (int i = lane; i < n * n; i += 32) {
                    const float number = transposed ? left(i % n, i / n) : left(i / n, i % n);
                    matrix[i] = static_cast<u16>(packBfloat16(number, 0));
                }
                syncWarp();
                // Quarters of the left factor: upper and lower rows of its first columns, then of the others.
                const int quarter = lane / 8;
                const int row = (transposed ? quarter / 2 : quarter % 2) * 8 + lane % 8;
                const int column = (transposed ? quarter % 2 : quarter / 2) * 8;
                u32 a[4];
                if (transposed)
                    loadMatricesTransposed(a, matrix + row * n + column);
                else
                    loadMatrices(a, matrix + row * n + column);
                const int k = lane % 4 * 2;
                const int j = lane / 4;
                const u32 b[2] = {packBfloat16(right(k, j), right(k + 1, j)),
                                  packBfloat16(right(k + 8, j), right(k + 9, j))};
                float d[4] = {};
                multiplyAdd(d, a, b);
                for (int i = 0; i < 4; ++i)
                    out[lane / 4 + i / 2 * 8][lane % 4 * 2 + i % 2] = d[i];
            });
            for (int i = 0; i < n; ++i)
                for (int j = 0; j < 8; ++j) {
                    float expected = 0;
                    for (int k = 0; k < n; ++k)
                        expected += left(i, k) * right(k, j);
                    QCOMPARE(out[i][j], expected);
                }
        }
    }

    void roundsToBfloat16() {
        // Ties go to the even neighbor.
        QCOMPARE(packBfloat16(1.00390625F, 1.01171875F), 0x3f823f80U);
        QVERIFY(std::isnan(low16(packBfloat16(NAN, 0))));
    }
};

HEADROOM_TEST_MAIN(TestEmulatedBlock)
#include "tst_emulated_block.moc"
