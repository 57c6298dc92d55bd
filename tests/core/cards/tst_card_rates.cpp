// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/card_rates.h"
#include "core/cards/cards.h"
#include "tests/support/strict_main.h"

#include <cmath>

using namespace headroom;

namespace {

CardRates ratesOf(const QString& name) {
    return publishedRates(findCard(name.toStdString()).value()).value();
}

/// Float32 units of a multiprocessor, each of which does two operations a cycle.
int unitsOf(const Card& card) {
    const int capability = 10 * card.computeMajor + card.computeMinor;
    return capability == 75 || capability == 80 ? 64 : 128;
}

} // namespace

class TestCardRates : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCardOfTheTableHasPlausibleRates() {
        for (const Card& card : cardTable()) {
            const auto rates = publishedRates(card);
            QVERIFY2(rates, card.name.c_str());
            QVERIFY2(rates->bandwidth >= 120e9 && rates->bandwidth <= 8e12, card.name.c_str());
            // The rate in float32 follows from the boost clock.
            const double clock = rates->fp32 / (2.0 * unitsOf(card) * card.multiprocessors);
            QVERIFY2(clock > 1.35e9 && clock < 2.85e9, card.name.c_str());
            QCOMPARE(rates->isLaptop,
                     QString::fromStdString(card.name).endsWith(QLatin1String("Laptop")) ||
                         QString::fromStdString(card.name).contains(QLatin1String("Laptop ")));
        }
    }

    /// By architecture and market: what the tensor cores do for each operation of the other units.
    void tensorRatesMatchTheArchitecture() {
        for (const Card& card : cardTable()) {
            const CardRates rates = publishedRates(card).value();
            const bool isConsumer = card.name.starts_with("RTX 3") || card.name.starts_with("RTX 4") ||
                                    card.name.starts_with("RTX 5") || card.name == "A10G";
            double expected = 4;
            if (card.computeMajor == 7)
                expected = 1;
            else if (isConsumer)
                expected = 2;
            else if (card.computeMajor == 8 && card.computeMinor == 0)
                expected = 16;
            else if (card.computeMajor == 9)
                expected = 14.8;
            else if (card.computeMajor == 10)
                expected = 28.1;
            QVERIFY2(std::abs(rates.bf16 / rates.fp32 / expected - 1) < 0.02, card.name.c_str());
        }
    }

    void largerCardsOfAFamilyAreNotSlower_data() {
        QTest::addColumn<QStringList>("family");
        const auto add = [](const char* family) {
            QTest::newRow(family) << QString::fromLatin1(family).split(QStringLiteral(", "));
        };
        add("GTX 1650, GTX 1650 Super, GTX 1660, GTX 1660 Super");
        add("RTX 2060, RTX 2060 12 GB, RTX 2070, RTX 2070 Super, RTX 2080, RTX 2080 Super, RTX 2080 Ti");
        add("RTX 3050, RTX 3060, RTX 3070, RTX 3070 Ti, RTX 3080, RTX 3080 12 GB, RTX 3080 Ti, RTX 3090, RTX "
            "3090 "
            "Ti");
        add("RTX 3050 Laptop, RTX 3050 Ti Laptop, RTX 3060 Laptop, RTX 3070 Laptop, RTX 3070 Ti Laptop, RTX "
            "3080 "
            "Laptop, RTX 3080 Ti Laptop");
        add("RTX 4060, RTX 4060 Ti, RTX 4070, RTX 4070 Super, RTX 4070 Ti, RTX 4070 Ti Super, RTX 4080, RTX "
            "4080 "
            "Super, RTX 4090");
        add("RTX 4050 Laptop, RTX 4060 Laptop, RTX 4070 Laptop, RTX 4080 Laptop, RTX 4090 Laptop");
        add("RTX 5060, RTX 5060 Ti, RTX 5070, RTX 5070 Ti, RTX 5080, RTX 5090");
        add("RTX 5050 Laptop, RTX 5060 Laptop, RTX 5070 Laptop, RTX 5070 Ti Laptop, RTX 5080 Laptop, RTX "
            "5090 "
            "Laptop");
        add("RTX A4000, RTX A5000, RTX A6000, RTX 6000 Ada, RTX PRO 6000 Blackwell");
        add("A100 40 GB, A100 80 GB, H100 80 GB, H200, B200");
    }
    void largerCardsOfAFamilyAreNotSlower() {
        QFETCH(const QStringList, family);
        for (qsizetype i = 1; i < family.size(); ++i) {
            const CardRates smaller = ratesOf(family[i - 1]);
            const CardRates larger = ratesOf(family[i]);
            QVERIFY2(larger.bandwidth >= smaller.bandwidth, qPrintable(family[i]));
            QVERIFY2(larger.fp32 >= smaller.fp32, qPrintable(family[i]));
            QVERIFY2(larger.bf16 >= smaller.bf16, qPrintable(family[i]));
        }
    }

    void findsACardByTheNameOfItsDriver() {
        Card card = findCard("RTX 4060").value();
        card.name = "NVIDIA GeForce RTX 4060";
        QCOMPARE(publishedRates(card).value().bandwidth, 272e9);
        card.multiprocessors -= 2; // another card of this name
        QVERIFY(!publishedRates(card));
    }

    void unknownDevicesHaveNone() {
        QVERIFY(!publishedRates(cpuCard()));
        QVERIFY(!publishedRates({.name = "NVIDIA H100 PCIe", .computeMajor = 9, .multiprocessors = 114}));
        QVERIFY(!publishedRates({.name = "NVIDIA RTX 9999", .computeMajor = 13, .multiprocessors = 100}));
    }
};

HEADROOM_TEST_MAIN(TestCardRates)
#include "tst_card_rates.moc"
