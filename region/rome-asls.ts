/** Health authorities of the city of Rome. */
export const romeAsls: readonly string[] = ['120201', '120202', '120203']
