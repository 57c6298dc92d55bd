// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "core/cards/cuda_driver.h"
#include "tests/support/strict_main.h"

using namespace headroom;

namespace {

constexpr int cuda13 = 13;
constexpr int noDevice = 100;

Card card(const char* name, int major, int minor) {
    return {.name = name, .capacity = std::int64_t{8} << 30, .computeMajor = major, .computeMinor = minor};
}

std::string what(const std::optional<CardProblem>& problem) {
    return problem ? problem->what : std::string();
}

std::string remedy(const std::optional<CardProblem>& problem) {
    return problem ? problem->remedy : std::string();
}

const CudaDriver newDriver{.found = true,
                           .cudaVersion = 13000,
                           .cards = {card("GTX 1060", 6, 1), card("RTX 2060", 7, 5), card("RTX 3060", 8, 6)}};

} // namespace

class TestCudaDriver : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() {
        for (const char* name : {"FAKECUDA_CC", "FAKECUDA_DRIVER", "FAKECUDA_INIT", "FAKECUDA_MAPS_MEMORY",
                                 "FAKECUDA_TOTAL", "CUDA_VISIBLE_DEVICES"})
            qunsetenv(name);
    }

    void reportsMissingDriver() {
        const CudaDriver driver = queryCudaDriver("libno-such-driver.so.1");
        QVERIFY(!driver.found);
        QVERIFY(driver.cards.empty());
        // A library without the driver's functions.
        QVERIFY(!queryCudaDriver("libm.so.6").found);
    }

    void reportsAllCards() {
        qputenv("FAKECUDA_CC", "61,86");
        qputenv("FAKECUDA_DRIVER", "12080");
        qputenv("FAKECUDA_TOTAL", "8589934592");
        const CudaDriver driver = queryCudaDriver(HEADROOM_FAKE_DRIVER);
        QVERIFY(driver.found);
        QCOMPARE(driver.error, 0);
        QCOMPARE(driver.cudaVersion, 12080);
        QCOMPARE(driver.cards.size(), std::size_t{2});
        QCOMPARE(driver.cards[0].computeMajor, 6);
        QCOMPARE(driver.cards[0].computeMinor, 1);
        QCOMPARE(driver.cards[1].computeMajor, 8);
        QCOMPARE(driver.cards[1].capacity, std::int64_t{8589934592});
        QCOMPARE(driver.busIds, (std::vector<std::string>{"0000:01:00.0", "0000:02:00.0"}));
    }

    void reportsWhetherMemoryCanBeMapped() {
        qputenv("FAKECUDA_CC", "86");
        QVERIFY(queryCudaDriver(HEADROOM_FAKE_DRIVER).cards.at(0).mapsMemory);
        qputenv("FAKECUDA_MAPS_MEMORY", "0");
        QVERIFY(!queryCudaDriver(HEADROOM_FAKE_DRIVER).cards.at(0).mapsMemory);
    }

    void reportsInitializationError() {
        qputenv("FAKECUDA_INIT", "803");
        const CudaDriver driver = queryCudaDriver(HEADROOM_FAKE_DRIVER);
        QCOMPARE(driver.error, 803);
        QVERIFY(driver.cards.empty());
        QVERIFY(what(problemWithAll(driver, cuda13)).find("CUDA error 803") != std::string::npos);
    }

    void acceptsNewCards() {
        QVERIFY(!problemWith(newDriver, cuda13, 1));
        QVERIFY(!problemWith(newDriver, cuda13, 2));
        QVERIFY(!problemWithAll(newDriver, cuda13));
    }

    void refusesOldCardsWithAnyDriver() {
        for (const int version : {11040, 12080, 13000, 13020}) {
            CudaDriver driver = newDriver;
            driver.cudaVersion = version;
            QCOMPARE(
                what(problemWith(driver, cuda13, 0)),
                std::string("GTX 1060 is too old: it has compute capability 6.1, and LibTorch for CUDA 13 "
                            "needs 7.5 (GTX 16, RTX 20, T4 and newer)"));
        }
        // A LibTorch for CUDA 12 has kernels for it.
        QVERIFY(!problemWith(newDriver, 12, 0));
        // Volta has a smaller compute capability than Turing.
        const CudaDriver volta{.found = true, .cudaVersion = 13000, .cards = {card("V100", 7, 0)}};
        QVERIFY(problemWithAll(volta, cuda13).has_value());
    }

    void asksToUpdateOldDriver() {
        CudaDriver driver = newDriver;
        for (const int version : {11040, 12020, 12090}) {
            driver.cudaVersion = version;
            const auto problem = problemWith(driver, cuda13, 2);
            QVERIFY(what(problem).find("driver is too old") != std::string::npos);
            QCOMPARE(remedy(problem), std::string("Update it to version 580 or newer."));
        }
        QVERIFY(what(problemWithAll(driver, cuda13)).find("CUDA 12.9") != std::string::npos);
        QVERIFY(!problemWith(driver, 12, 2));
        driver.cudaVersion = 11080;
        QCOMPARE(remedy(problemWith(driver, 12, 2)), std::string("Update it to version 525 or newer."));
    }

    void distinguishesMissingDriverFromMissingCard() {
        QCOMPARE(what(problemWithAll({}, cuda13)), std::string("no NVIDIA driver was found (libcuda.so.1)"));
        QVERIFY(remedy(problemWithAll({}, cuda13)).find("580") != std::string::npos);
        for (const int error : {noDevice, 0}) {
            const CudaDriver driver{.found = true, .error = error, .cudaVersion = 13000};
            QCOMPARE(what(problemWithAll(driver, cuda13)), std::string("the NVIDIA driver finds no card"));
        }
        qputenv("CUDA_VISIBLE_DEVICES", "-1");
        const CudaDriver hidden{.found = true, .error = noDevice, .cudaVersion = 13000};
        QCOMPARE(what(problemWithAll(hidden, cuda13)),
                 std::string("CUDA_VISIBLE_DEVICES=-1 hides all cards"));
    }

    void listsTheCardsIfTheIndexIsOutOfRange() {
        for (const int index : {3, 99, -1}) {
            const auto problem = problemWith(newDriver, cuda13, index);
            QCOMPARE(what(problem), "this machine has no cuda:" + std::to_string(index));
            QCOMPARE(remedy(problem),
                     std::string("Choose one of cuda:0 (GTX 1060), cuda:1 (RTX 2060), cuda:2 (RTX 3060)."));
        }
    }

    void refusesCardWithoutProperties() {
        const CudaDriver driver{.found = true, .cudaVersion = 13000, .cards = {Card{.name = "cuda:0"}}};
        QVERIFY(what(problemWithAll(driver, cuda13)).find("properties of cuda:0") != std::string::npos);
    }

    void acceptsEveryCardOfTheTable() {
        const CudaDriver driver{.found = true, .cudaVersion = 13000, .cards = cardTable()};
        for (int index = 0; index < std::ssize(driver.cards); ++index)
            QCOMPARE(what(problemWith(driver, cuda13, index)), std::string());
    }
};

HEADROOM_TEST_MAIN(TestCudaDriver)
#include "tst_cuda_driver.moc"
