// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/cards/cards.h"
#include "tests/support/strict_main.h"

using namespace headroom;

class TestCards : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCardIsFoundByItsName() {
        for (const Card& card : cardTable()) {
            const auto found = findCard(card.name);
            QVERIFY2(found, card.name.c_str());
            QCOMPARE(found->name, card.name);
        }
    }

    void findsNamesAsOthersWriteThem_data() {
        QTest::addColumn<QString>("name");
        const auto add = [](const char* written, const char* name) {
            QTest::newRow(written) << QString::fromUtf8(name);
        };
        // People
        add("4070", "RTX 4070");
        add("rtx4070", "RTX 4070");
        add("4070 ti super", "RTX 4070 Ti Super");
        add("4060ti 16gb", "RTX 4060 Ti 16 GB");
        add("1660", "GTX 1660");
        add("a6000", "RTX A6000");
        add("h100", "H100 80 GB");
        add("pro 6000", "RTX PRO 6000 Blackwell");
        // nvidia-smi and NVML
        add("NVIDIA GeForce RTX 4070 Laptop GPU", "RTX 4070 Laptop");
        add("NVIDIA GeForce RTX 4070 Ti SUPER", "RTX 4070 Ti Super");
        add("NVIDIA GeForce RTX 3080 Ti Laptop GPU", "RTX 3080 Ti Laptop");
        add("NVIDIA GeForce GTX 1660 SUPER", "GTX 1660 Super");
        add("GeForce RTX 2080 Ti", "RTX 2080 Ti");
        add("NVIDIA RTX A4000", "RTX A4000");
        add("NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada");
        add("NVIDIA RTX PRO 6000 Blackwell Workstation Edition", "RTX PRO 6000 Blackwell");
        add("Tesla T4", "T4");
        add("NVIDIA L40S", "L40S");
        add("NVIDIA A10G", "A10G");
        add("NVIDIA A100-SXM4-40GB", "A100 40 GB");
        add("NVIDIA A100 80GB PCIe", "A100 80 GB");
        add("NVIDIA H100 80GB HBM3", "H100 80 GB");
        // Shops
        add("ASUS Dual RTX 4060 OC 8G", "RTX 4060");
        add("MSI GeForce RTX 4060 Ti Gaming X 16G", "RTX 4060 Ti 16 GB");
        add("DUAL-RTX4060TI-O8G", "RTX 4060 Ti");
        add("Zotac Gaming GeForce RTX 4070 Twin Edge OC 12GB GDDR6X", "RTX 4070");
        add("Palit GeForce RTX 3080 GameRock 12 GB", "RTX 3080 12 GB");
        add("Gigabyte RTX 5070 Ti WINDFORCE SFF 16G", "RTX 5070 Ti");
        add("Lenovo Legion, GeForce RTX 4080 Laptop 12 GB", "RTX 4080 Laptop");
    }
    void findsNamesAsOthersWriteThem() {
        QFETCH(const QString, name);
        const auto found = findCard(QTest::currentDataTag());
        QVERIFY(found);
        QCOMPARE(QString::fromStdString(found->name), name);
    }

    /// A card that is not in the table must not be taken for a similar one.
    void refusesOtherCards_data() {
        QTest::addColumn<int>("unused");
        for (const char* name :
             {"", "==", "rtx", "NVIDIA", "RTX 9999", "40", "407", "RTX 40700", "Quadro RTX 6000",
              "RTX 4090 D", "NVIDIA L40", "L40", "6000", "NVIDIA GeForce RTX 2070 with Max-Q Design",
              "RTX 3060 8GB", "A100", "RTX 4070S", "Radeon RX 7900 XT"})
            QTest::newRow(name) << 0;
    }
    void refusesOtherCards() { QVERIFY(!findCard(QTest::currentDataTag())); }
};

HEADROOM_TEST_MAIN(TestCards)
#include "tst_cards.moc"
