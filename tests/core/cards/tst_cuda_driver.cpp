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

std::string what(const std::optional<CardTrouble>& trouble) {
    return trouble ? trouble->what : std::string();
}

std::string remedy(const std::optional<CardTrouble>& trouble) {
    return trouble ? trouble->remedy : std::string();
}

const CudaDriver newDriver{.found = true,
                           .cudaVersion = 13000,
                           .cards = {card("GTX 1060", 6, 1), card("RTX 2060", 7, 5), card("RTX 3060", 8, 6)}};

} // namespace

class TestCudaDriver : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() {
        for (const char* name :
             {"FAKECUDA_CC", "FAKECUDA_DRIVER", "FAKECUDA_INIT", "FAKECUDA_TOTAL", "CUDA_VISIBLE_DEVICES"})
            qunsetenv(name);
    }

    void aMissingDriverIsNotFound() {
        const CudaDriver driver = askCudaDriver("libno-such-driver.so.1");
        QVERIFY(!driver.found);
        QVERIFY(driver.cards.empty());
        // A library that is no driver.
        QVERIFY(!askCudaDriver("libm.so.6").found);
    }

    void allCardsAreTold() {
        qputenv("FAKECUDA_CC", "61,86");
        qputenv("FAKECUDA_DRIVER", "12080");
        qputenv("FAKECUDA_TOTAL", "8589934592");
        const CudaDriver driver = askCudaDriver(HEADROOM_FAKE_DRIVER);
        QVERIFY(driver.found);
        QCOMPARE(driver.error, 0);
        QCOMPARE(driver.cudaVersion, 12080);
        QCOMPARE(driver.cards.size(), std::size_t{2});
        QCOMPARE(driver.cards[0].computeMajor, 6);
        QCOMPARE(driver.cards[0].computeMinor, 1);
        QCOMPARE(driver.cards[1].computeMajor, 8);
        QCOMPARE(driver.cards[1].capacity, std::int64_t{8589934592});
    }

    void aDriverThatDoesNotStartHasNoCards() {
        qputenv("FAKECUDA_INIT", "803");
        const CudaDriver driver = askCudaDriver(HEADROOM_FAKE_DRIVER);
        QCOMPARE(driver.error, 803);
        QVERIFY(driver.cards.empty());
        QVERIFY(what(troubleWithAll(driver, cuda13)).find("CUDA error 803") != std::string::npos);
    }

    void newCardsAreUsable() {
        QVERIFY(!troubleWith(newDriver, cuda13, 1));
        QVERIFY(!troubleWith(newDriver, cuda13, 2));
        QVERIFY(!troubleWithAll(newDriver, cuda13));
    }

    void oldCardsAreNotWhateverTheDriver() {
        for (const int version : {11040, 12080, 13000, 13020}) {
            CudaDriver driver = newDriver;
            driver.cudaVersion = version;
            QCOMPARE(
                what(troubleWith(driver, cuda13, 0)),
                std::string("GTX 1060 is too old: it has compute capability 6.1, and LibTorch for CUDA 13 "
                            "needs 7.5 (GTX 16, RTX 20, T4 and newer)"));
        }
        // A LibTorch for CUDA 12 has kernels for it.
        QVERIFY(!troubleWith(newDriver, 12, 0));
        // A Volta is older than Turing by its number, not by its name.
        const CudaDriver volta{.found = true, .cudaVersion = 13000, .cards = {card("V100", 7, 0)}};
        QVERIFY(troubleWithAll(volta, cuda13).has_value());
    }

    void anOldDriverIsToBeUpdated() {
        CudaDriver driver = newDriver;
        for (const int version : {11040, 12020, 12090}) {
            driver.cudaVersion = version;
            const auto trouble = troubleWith(driver, cuda13, 2);
            QVERIFY(what(trouble).find("driver is too old") != std::string::npos);
            QCOMPARE(remedy(trouble), std::string("Update it to version 580 or newer."));
        }
        QVERIFY(what(troubleWithAll(driver, cuda13)).find("CUDA 12.9") != std::string::npos);
        QVERIFY(!troubleWith(driver, 12, 2));
        driver.cudaVersion = 11080;
        QCOMPARE(remedy(troubleWith(driver, 12, 2)), std::string("Update it to version 525 or newer."));
    }

    void noDriverAndNoCardAreToldApart() {
        QCOMPARE(what(troubleWithAll({}, cuda13)), std::string("no NVIDIA driver was found (libcuda.so.1)"));
        QVERIFY(remedy(troubleWithAll({}, cuda13)).find("580") != std::string::npos);
        for (const int error : {noDevice, 0}) {
            const CudaDriver driver{.found = true, .error = error, .cudaVersion = 13000};
            QCOMPARE(what(troubleWithAll(driver, cuda13)), std::string("the NVIDIA driver finds no card"));
        }
        qputenv("CUDA_VISIBLE_DEVICES", "-1");
        const CudaDriver hidden{.found = true, .error = noDevice, .cudaVersion = 13000};
        QCOMPARE(what(troubleWithAll(hidden, cuda13)), std::string("CUDA_VISIBLE_DEVICES=-1 leaves no card"));
    }

    void aCardThatIsNotThereIsNamedWithThoseThatAre() {
        for (const int index : {3, 99, -1}) {
            const auto trouble = troubleWith(newDriver, cuda13, index);
            QCOMPARE(what(trouble), "there is no cuda:" + std::to_string(index) + " here");
            QCOMPARE(remedy(trouble),
                     std::string("Choose one of cuda:0 (GTX 1060), cuda:1 (RTX 2060), cuda:2 (RTX 3060)."));
        }
    }

    void aCardThatTheDriverDoesNotDescribeIsNotUsed() {
        const CudaDriver driver{.found = true, .cudaVersion = 13000, .cards = {Card{.name = "cuda:0"}}};
        QVERIFY(what(troubleWithAll(driver, cuda13)).find("does not describe cuda:0") != std::string::npos);
    }

    void everyCardOfTheTableIsUsable() {
        const CudaDriver driver{.found = true, .cudaVersion = 13000, .cards = cardTable()};
        for (int index = 0; index < std::ssize(driver.cards); ++index)
            QCOMPARE(what(troubleWith(driver, cuda13, index)), std::string());
    }
};

HEADROOM_TEST_MAIN(TestCudaDriver)
#include "tst_cuda_driver.moc"
