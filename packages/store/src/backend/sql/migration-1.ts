import type { CreateTableBuilder, RawBuilder, SchemaModule } from "kysely";

/** What columns hold, and, with a question mark, that they may be empty. */
type Columns = Readonly<
  Record<
    string,
    "text" | "text?" | "integer" | "bigint" | "bigint?" | "double precision"
  >
>;

interface Table {
  readonly columns: Columns;
  readonly key: readonly string[];
}

/** Those whose rows lie in the order of their key. */
const clusteredTables: Readonly<Record<string, Table>> = {
  flow_members: {
    columns: { member_id: "text", collector_id: "text" },
    key: ["member_id", "collector_id"],
  },
  segments: {
    columns: {
      flow_id: "text",
      start_ns: "bigint",
      end_ns: "bigint",
      object_id: "text",
      init_object_id: "text?",
      timerange: "text",
      offset_ns: "bigint",
      last_duration_ns: "bigint?",
      sample_offset: "bigint?",
      sample_count: "bigint?",
    },
    key: ["flow_id", "start_ns"],
  },
};

const tables: Readonly<Record<string, Columns>> = {
  service: { id: "integer", document: "text" },
  storage_backends: { id: "text", label_key: "text", document: "text" },
  profiles: {
    id: "text",
    label_key: "text",
    label: "text?",
    format: "text",
    codec: "text",
    document: "text",
  },
  sources: {
    id: "text",
    created_key: "text",
    updated_key: "text",
    label_key: "text",
    label: "text?",
    format: "text",
    document: "text",
  },
  flows: {
    id: "text",
    source_id: "text",
    created_key: "text",
    updated_key: "text",
    label_key: "text",
    label: "text?",
    format: "text",
    codec: "text?",
    profile_id: "text?",
    status: "text?",
    frame_width: "bigint?",
    frame_height: "bigint?",
    init_segments: "integer",
    document: "text",
  },
  objects: {
    id: "text",
    state: "text",
    allocated_at: "double precision",
    init_object_id: "text?",
    document: "text",
  },
  deletions: {
    id: "text",
    created_key: "text",
    expiry_key: "text",
    is_open: "integer",
    document: "text",
  },
};

/** What is looked for, and in which order. */
const indexes: readonly (readonly [table: string, ...columns: string[]])[] = [
  ["profiles", "label_key", "id"],
  ["sources", "created_key desc", "id"],
  ["sources", "updated_key desc", "id"],
  ["sources", "label_key", "id"],
  ["flows", "created_key desc", "id"],
  ["flows", "updated_key desc", "id"],
  ["flows", "label_key", "id"],
  ["flows", "source_id", "id"],
  ["flow_members", "collector_id"],
  ["tags", "kind", "owner_id", "name", "value"],
  ["segments", "object_id", "flow_id", "start_ns"],
  ["objects", "state", "id"],
  ["deletions", "created_key desc", "id"],
  ["deletions", "expiry_key desc", "id"],
  ["deletions", "is_open", "created_key"],
];

/** The same for a column in which most rows have nothing. */
const sparseIndexes: typeof indexes = [
  ["segments", "init_object_id", "flow_id"],
  ["objects", "init_object_id"],
];

/**
 * Makes the tables of the first schema.
 *
 * @param schema What makes them.
 * @param clustered What a table is made with whose rows lie in the order of its primary key.
 */
export async function createFirstTables(
  schema: SchemaModule,
  clustered: RawBuilder<unknown>,
): Promise<void> {
  for (const [name, columns] of Object.entries(tables)) {
    await addColumns(schema.createTable(name), columns)
      .addPrimaryKeyConstraint(`${name}_key`, ["id"])
      .execute();
  }
  for (const [name, { columns, key }] of Object.entries(clusteredTables)) {
    await addColumns(schema.createTable(name), columns)
      .addPrimaryKeyConstraint(`${name}_key`, [...key])
      .modifyEnd(clustered)
      .execute();
  }
  // A tag without a value is there too, so that there is no key.
  await addColumns(schema.createTable("tags"), {
    kind: "text",
    owner_id: "text",
    name: "text",
    value: "text?",
  }).execute();
  for (const index of indexes) await createIndex(schema, index).execute();
  for (const index of sparseIndexes) {
    const [, column] = index;
    await createIndex(schema, index)
      .where(column ?? "", "is not", null)
      .execute();
  }
}

function addColumns(
  table: CreateTableBuilder<string, string>,
  columns: Columns,
): CreateTableBuilder<string, string> {
  return Object.entries(columns).reduce((before, [name, type]) => {
    switch (type) {
      case "text?":
        return before.addColumn(name, "text");
      case "bigint?":
        return before.addColumn(name, "bigint");
      case "text":
      case "integer":
      case "bigint":
      case "double precision":
        return before.addColumn(name, type, (column) => column.notNull());
    }
  }, table);
}

function createIndex(
  schema: SchemaModule,
  [table, ...columns]: (typeof indexes)[number],
) {
  const names = columns.map((column) => column.replace(" desc", ""));
  return schema
    .createIndex(`${table}_by_${names.join("_")}`)
    .on(table)
    .columns([...columns]);
}
